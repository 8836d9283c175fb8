package docs_test

import (
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/clients"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/docs"
)

// If this fails, the guide leaves out a client, shows wrong settings or a
// credential, or isn't the same at each run, so that the check for drift would
// never rest.
func TestClients(t *testing.T) {
	page := docs.Clients()
	for _, want := range []string{
		"page_title: \"Clients\"",
		"| [`grafana`](#grafana) | [Grafana](https://grafana.com) | required, verified, only on port 465, not to an IPv6 address | required, verified, not on port 465, not to an IPv6 address | never, not on port 465, not to an IPv6 address, without credentials (but to localhost, 127.0.0.1, ::1) | library-measured |\n",
		"| [`system-net-mail`](#system-net-mail) | [System.Net.Mail.SmtpClient (ASP.NET)](https://learn.microsoft.com/dotnet/api/system.net.mail.smtpclient) | impossible | required, verified | never | documentation |\n",
		"### vaultwarden\n",
		"| `SMTP_PASSWORD` | *secret* | *secret* | *secret* |\n| `SMTP_PORT` | `465` | `587` | `2525` |\n| `SMTP_SECURITY` | `force_tls` | `starttls` | `off` |\n",
		"| `MAILER_DSN` | *secret* | *secret* | *secret* |\n",
		"| [`nodemailer`](#nodemailer) |",
		"- Accepts OAuth2 access tokens.\n",
		"- implicit is impossible: neither tls nor ssl is passed to ActionMailer.\n",
		"- Sources (measured with 2.64-11): ",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the guide lacks %q", want)
		}
	}
	for _, c := range clients.All() {
		if strings.Count(page, "| [`"+c.ID+"`](#"+c.ID+") |") != 1 || strings.Count(page, "\n### "+c.ID+"\n") != 1 {
			t.Errorf("%s is not in the guide, or more than once", c.ID)
		}
	}
	columns := 0
	for line := range strings.Lines(page) {
		bars := strings.Count(strings.ReplaceAll(line, `\|`, ""), "|")
		switch {
		case !strings.HasPrefix(line, "| "):
			columns = 0
		case columns == 0:
			columns = bars
		case bars != columns:
			t.Errorf("not as many columns as above: %s", line)
		}
	}
	for range 20 {
		if docs.Clients() != page {
			t.Fatal("two renderings differ")
		}
	}
}
