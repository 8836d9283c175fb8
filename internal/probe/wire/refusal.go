package wire

import (
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// refusal is one row of what a reply means where the fix differs. An empty field
// matches anything; the first row that matches decides.
type refusal struct {
	step     Step
	codes    string // "554 550", or "4" for all that begin with it
	enhanced string
	says     string // part of the text, in lower case
	code     finding.Code
}

// refusals: RFC 5321 section 4.2.3, RFC 3463, RFC 4954 section 6; the texts are
// those of Microsoft, Amazon and Postfix. Postfix lets the handshake pass without
// the certificate that it demands, and judges senders only when it knows a
// recipient. A recipient that does not exist (X.1.1, X.1.2) comes before the word
// "relay", which many a domain has in its name.
var refusals = []refusal{
	{codes: "4 5", says: "no client certificate", code: "client-certificate-required"},
	{codes: "4 5", says: "client certificate not trusted", code: "client-certificate-rejected"},
	{codes: "421", says: "too many", code: "connection-limit"},
	{step: StepGreeting, codes: "554", code: "greeting-refused"},
	{step: StepGreeting, codes: "4", code: "greeting-temporary"},
	{step: StepGreeting, code: "greeting-unexpected"},
	{codes: "421", code: "server-closing"},
	{step: StepEHLO, codes: "4", code: "ehlo-temporary"},
	{step: StepEHLO, codes: "501 504 550 553", code: "ehlo-name-refused"},
	{step: StepEHLO, code: "ehlo-refused"},
	{step: StepStartTLS, codes: "454", code: "starttls-unavailable"},
	{step: StepStartTLS, code: "starttls-refused"},
	{step: StepMail, codes: "530", says: "starttls", code: "sender-needs-tls"},
	{step: StepMail, codes: "530", code: "sender-needs-login"},
	{step: StepMail, says: "not logged in", code: "sender-needs-login"},
	{step: StepMail, enhanced: "5.7.57", code: "sender-needs-login"},
	{step: StepMail, enhanced: "5.7.60", code: "sender-not-allowed"},
	{step: StepMail, says: "not verified", code: "sender-not-verified"},
	{step: StepMail, says: "not owned by", code: "sender-not-allowed"},
	{step: StepMail, codes: "4", code: "sender-temporary"},
	{step: StepMail, code: "sender-refused"},
	{step: StepRcpt, codes: "530", code: "sender-needs-login"},
	{step: StepRcpt, says: "not logged in", code: "sender-needs-login"},
	{step: StepRcpt, enhanced: "5.1.1", code: "recipient-refused"},
	{step: StepRcpt, enhanced: "5.1.2", code: "recipient-refused"},
	{step: StepRcpt, enhanced: "4.1.1", code: "recipient-temporary"},
	{step: StepRcpt, enhanced: "4.1.2", code: "recipient-temporary"},
	{step: StepRcpt, says: "relay", code: "relay-denied"},
	{step: StepRcpt, says: "not verified", code: "sender-not-verified"},
	{step: StepRcpt, says: "not owned by", code: "sender-not-allowed"},
	{step: StepRcpt, codes: "4", says: "sender address rejected", code: "sender-temporary"},
	{step: StepRcpt, codes: "4", code: "recipient-temporary"},
	{step: StepRcpt, says: "sender address rejected", code: "sender-refused"},
	{step: StepRcpt, code: "recipient-refused"},
}

func (m refusal) matches(e *ReplyError) bool {
	return (m.step == "" || m.step == e.Step) &&
		(m.codes == "" || startsWithAny(e.Reply.String(), strings.Fields(m.codes))) &&
		(m.enhanced == "" || m.enhanced == e.Reply.Enhanced) &&
		(m.says == "" || strings.Contains(strings.ToLower(e.Reply.Text()), m.says))
}

func startsWithAny(text string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(text, p) {
			return true
		}
	}
	return false
}

// closings and timeouts are the codes of steps at which an end without a word,
// or silence, means something of its own.
var (
	closings = map[Step]finding.Code{
		StepGreeting:  "closed-before-greeting",
		StepHandshake: "closed-in-handshake",
	}
	timeouts = map[Step]finding.Code{
		StepGreeting:  "greeting-timeout",
		StepHandshake: "handshake-timeout",
	}
)
