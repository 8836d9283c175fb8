package docs_test

import (
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/services"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/docs"
)

// If this fails, the guide leaves out a service, marks facts wrongly, or isn't
// the same at each run, so that the check for drift would never rest.
func TestServices(t *testing.T) {
	page := docs.Services()
	for _, want := range []string{
		"page_title: \"Mail services\"",
		"| [`sendgrid`](#sendgrid) | Twilio SendGrid | `smtp.sendgrid.net` (region = global)<br>`smtp.eu.sendgrid.net`¹ (region = eu) | 25 starttls<br>465 implicit<br>**587 starttls**<br>2525 starttls | `apikey` | an API key with the permission Mail Send¹ |\n",
		"| [`mailgun`](#mailgun) | Mailgun | `smtp.mailgun.org` (region = us)<br>`smtp.eu.mailgun.org` (region = eu) |",
		"\n### microsoft365\n\nMicrosoft 365 / Exchange Online.\n",
		"- The service is switching off passwords.\n- Requires OAuth2 access tokens.\n",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the guide lacks %q", want)
		}
	}
	for _, s := range services.All() {
		if !strings.Contains(page, "| [`"+s.ID+"`](#"+s.ID+") |") || strings.Count(page, "\n### "+s.ID+"\n") != 1 {
			t.Errorf("%s is not in the guide, or more than once", s.ID)
		}
	}
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, "| ") && strings.Count(strings.ReplaceAll(line, `\|`, ""), "|") != 7 {
			t.Errorf("not six columns: %s", line)
		}
	}
	for range 20 {
		if docs.Services() != page {
			t.Fatal("two renderings differ")
		}
	}
}
