package wire

import "github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"

// closings and timeouts are the codes of steps at which an end without a word,
// or silence, means something of its own.
var (
	closings = map[Step]finding.Code{
		StepGreeting:  "closed-before-greeting",
		StepHandshake: "closed-in-handshake",
		StepMessage:   "message-unconfirmed",
	}
	timeouts = map[Step]finding.Code{
		StepGreeting:  "greeting-timeout",
		StepHandshake: "handshake-timeout",
		StepMessage:   "message-unconfirmed",
	}
)
