package snippets

import "strings"

// References are what the expressions in snippets stand for when they are run as
// tests. The secrets are made up.
var References = map[string]string{ //nolint:gosec // G101: made up, see above
	"var.smtp_password":               "correct-horse-battery",
	"var.access_token":                "token-of-an-hour",
	"var.google_access_token":         "ya29." + strings.Repeat("a0AfH6SM", 6),
	"var.google_refresh_token":        "1//" + strings.Repeat("0gTokenA", 6),
	"var.sendgrid_api_key":            "SG." + strings.Repeat("keyid0", 4) + "." + strings.Repeat("secret7", 6),
	"var.ses_smtp_username":           "AKIA" + strings.Repeat("IOSFODNN", 2),
	"var.ses_smtp_password":           "B" + strings.Repeat("aB3+/xyZ9qW", 3) + "0123456789",
	"var.secret_access_key":           strings.Repeat("aB3+/xyZ", 5),
	"var.app_password":                "abcd efgh ijkl mnop",
	"var.account_password":            "correct-horse-battery",
	"var.postmark_token":              "8f3c2a10-0000-4000-8000-1234567890ab",
	`"Bearer ${var.access_token}"`:    "Bearer token-of-an-hour",
	`"${var.access_token} "`:          "token-of-an-hour ",
	`file("password.txt")`:            "correct-horse-battery\n",
	`trimspace(file("password.txt"))`: "correct-horse-battery",
}
