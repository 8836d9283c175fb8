package docs_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/docs"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// sourceForm is a page, or a file of a repository at a version.
var sourceForm = regexp.MustCompile(`^(https://[^ ]+\.[^ ]+/[^ ]*|[\w.-]+/[\w.-]+@(v[0-9][0-9.]*|go1\.[0-9]+|openssl-[0-9.]+|[0-9.]+|[0-9a-f]{7,40}) [\w./-]+)$`)

// If this fails, the guide has too few messages, one without a source, one that
// stands twice, or an entry that says neither what it means nor what to do.
func TestTroubleshooting(t *testing.T) {
	page := docs.Troubleshooting()
	at := map[string]finding.Code{}
	texts, tools := 0, map[string]bool{}
	for mark, e := range finding.Symptoms() {
		if _, known := finding.Lookup(mark); !known || len(e.Says) == 0 {
			t.Errorf("%s is no finding, or no tool says anything", mark)
		}
		if e.Title == "" || !strings.HasSuffix(e.Means, ".") || len(e.Cure) == 0 {
			t.Errorf("%s: no title, meaning or cure", mark)
		}
		for _, also := range e.Also {
			if _, known := finding.Lookup(also); !known {
				t.Errorf("%s may also be %s, which is no finding", mark, also)
			}
		}
		for _, said := range e.Says {
			texts++
			for tool := range strings.SplitSeq(said.Tool, ", ") {
				tools[tool] = true
			}
			// Tools share a message only where it means the same.
			if other, twice := at[said.Text]; twice && other != mark {
				t.Errorf("%q stands under %s and %s", said.Text, other, mark)
			}
			at[said.Text] = mark
			if !sourceForm.MatchString(said.Source) {
				t.Errorf("%q: source %q", said.Text, said.Source)
			}
			if said.Text != strings.TrimSpace(said.Text) && !strings.HasSuffix(said.Text, " - ") || !strings.Contains(page, said.Text) {
				t.Errorf("%q can't be found in the guide", said.Text)
			}
		}
	}
	if texts < 150 || len(tools) < 25 {
		t.Errorf("%d messages of %d tools", texts, len(tools))
	}
	t.Logf("%d messages of %d tools and services", texts, len(tools))
}

// If this fails, somebody who searches the guide for a well-known message finds
// nothing.
func TestWellKnownMessages(t *testing.T) {
	page := strings.ToLower(docs.Troubleshooting())
	for _, text := range []string{
		"wrong version number", "Greeting never received", "first record does not look like a TLS handshake",
		"x509: certificate signed by unknown authority", "PKIX path building failed", "CERTIFICATE_VERIFY_FAILED",
		"Must issue a STARTTLS command first", "Connection timed out", "ETIMEDOUT", "ECONNREFUSED",
		"SMTP AUTH extension not supported by server", "unencrypted connection", "no auth mechanism", "535 5.7.139",
		"5.7.57", "Username and Password not accepted", "relay access denied", "SendAsDenied",
	} {
		if !strings.Contains(page, strings.ToLower(text)) {
			t.Errorf("nothing is found for %q", text)
		}
	}
}
