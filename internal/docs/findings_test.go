package docs_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/docs"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// If this fails, the guides leave out a finding, lose the anchor that messages and
// pipelines point at, show an example that is not the one tested, or aren't the same
// at each run.
func TestFindings(t *testing.T) {
	pages := docs.FindingPages()
	for _, want := range []struct{ guide, text string }{
		{"findings-plan", "page_title: \"Findings at plan\""},
		{"findings-plan", "\n## Host\n\n### host-empty\n"},
		{"findings-plan", "**Port 25 is for mail between servers, not for sending from an application.** Error at plan, shown at `port`, can be ignored.\n"},
		{"findings-plan", "\nSource: RFC 6409 section 3.1, RFC 8314 section 3.\n"},
		{"findings-plan", "To fix it, use\n\n```terraform\ntls_mode = \"starttls\"\n```\n"},
		{"findings-plan", "  username            = \"robot\"\n  password_wo         = var.smtp_password\n  password_wo_version = 1\n"},
		{"findings-plan", "\n\nDepending on the case:\n\n- A client certificate has one private key. "},
		{"findings-plan", "\n\nSee {page}\n\nTo fix it"},
		{"findings-connection", "\n## When TLS starts\n"},
		{"findings-certificates", "\n### certificate-expired\n"},
		{"findings-login", "\n### auth-rejected\n"},
		{"findings-envelope", "\n### relay-denied\n"},
		{"findings-oauth2", "\n### oauth2-client-rejected\n"},
	} {
		if !strings.Contains(pages[want.guide], want.text) {
			t.Errorf("%s lacks %q", want.guide, want.text)
		}
	}
	index := docs.Findings()
	for _, row := range finding.Catalogue() {
		page := pages[finding.Page(row.Code)]
		if strings.Count(page, "\n### "+string(row.Code)+"\n") != 1 {
			t.Errorf("%s is not in its guide, or more than once", row.Code)
		}
		if strings.Count(index, "["+"`"+string(row.Code)+"`]("+finding.Page(row.Code)+".md#"+string(row.Code)+")") != 2 {
			t.Errorf("%s is not in the index by argument and by code", row.Code)
		}
	}
	for guide, page := range pages {
		if strings.Count(page, "```")%2 != 0 {
			t.Errorf("%s: a block is not closed", guide)
		}
		if strings.Contains(page, "\n\n\n") || strings.HasSuffix(page, "\n\n") {
			t.Errorf("%s: a blank line too many", guide)
		}
		if len(page) > 200_000 {
			t.Errorf("%s has %d bytes", guide, len(page))
		}
		if docs.FindingPages()[guide] != page {
			t.Errorf("%s: two renderings differ", guide)
		}
	}
	if docs.Findings() != index {
		t.Error("two renderings differ")
	}
}

var guideLink = regexp.MustCompile(`\]\(([a-z0-9-]+\.md)?#([a-z0-9-]+)\)`)

// If this fails, a link in a generated guide leads to a heading that isn't there.
func TestLinks(t *testing.T) {
	pages := map[string]string{
		"findings.md": docs.Findings(), "troubleshooting.md": docs.Troubleshooting(),
		"services.md": docs.Services(), "clients.md": docs.Clients(),
	}
	for guide, page := range docs.FindingPages() {
		pages[guide+".md"] = page
	}
	for file, page := range pages {
		for _, at := range guideLink.FindAllStringSubmatch(page, -1) {
			target := at[1]
			if target == "" {
				target = file
			}
			if !strings.Contains(pages[target], "\n### "+at[2]+"\n") {
				t.Errorf("%s: no heading for %s", file, at[0])
			}
		}
	}
}

// If this fails, the link under a diagnostic leads to a page or a heading that does
// not exist.
func TestFindingsHaveAnAnchor(t *testing.T) {
	for _, row := range finding.Catalogue() {
		page, err := os.ReadFile(filepath.Join("..", "..", "docs", "guides", finding.Page(row.Code)+".md"))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Count(string(page), "\n### "+string(row.Code)+"\n") != 1 {
			t.Errorf("%s has no heading of its own", row.Code)
		}
	}
}
