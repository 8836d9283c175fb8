package docs_test

import (
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/docs"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules/snippets"
)

// If this fails, the guide leaves out a finding, loses the anchor that messages
// and pipelines point at, shows an example that is not the one tested, or isn't
// the same at each run.
func TestFindings(t *testing.T) {
	page := docs.Findings()
	for _, want := range []string{
		"page_title: \"Findings\"",
		"\n## Plan: host\n\n### host-empty\n",
		"\n## Plan: port\n\n### port-out-of-range\n",
		"\n## Plan: TLS\n", "\n## Plan: credentials\n", "\n## Plan: other values\n", "\n## Plan: known mail services\n",
		"\n## Plan: clients of the connection\n", "\n## Plan: certificates and keys\n",
		"\n## Apply: reaching the server\n", "\n## Apply: when TLS starts\n", "\n## Apply: the conversation\n",
		"\n## Apply: the server's certificate\n", "\n## Apply: login\n", "\n## Apply: sender and recipients\n",
		"\n## Apply: OAuth2 tokens\n", "\n## Plan: fetching an OAuth2 token\n", "\n## Apply: fetching an OAuth2 token\n", "\n## Others\n",
		"**Port 25 is for mail between servers, not for sending from an application.** Error at plan, shown at `port`, can be ignored.\n",
		"\nSource: RFC 6409 section 3.1, RFC 8314 section 3.\n",
		"To fix it, use\n\n```terraform\ntls_mode = \"starttls\"\n```\n",
		"Wrong:\n\n```terraform\nresource \"smtp_connection\" \"mail\" {\n  host     = \"smtp.corp.internal\"\n  port     = 465\n  tls_mode = \"starttls\"\n}\n```\n",
		"  username            = \"robot\"\n  password_wo         = var.smtp_password\n  password_wo_version = 1\n",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the guide lacks %q", want)
		}
	}
	for _, row := range finding.Catalogue() {
		if strings.Count(page, "\n### "+string(row.Code)+"\n") != 1 {
			t.Errorf("%s is not in the guide, or more than once", row.Code)
		}
	}
	if got, want := strings.Count(page, "\nWrong:\n"), len(snippets.All()); got != want || strings.Count(page, "\nRight:\n") != want {
		t.Errorf("%d wrong examples of %d", got, want)
	}
	if strings.Count(page, "```")%2 != 0 {
		t.Error("a block is not closed")
	}
	if docs.Findings() != page {
		t.Error("two renderings differ")
	}
}
