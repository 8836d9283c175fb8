package provider

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/nearest"
)

// synonyms are what people write for the words of refresh and on_failure. The two have no
// word in common, so one table serves both.
var synonyms = map[string]string{
	"true": refreshHandshake, "yes": refreshHandshake, "on": refreshHandshake, "always": refreshHandshake,
	"check": refreshHandshake, "tls": refreshHandshake, "connect": refreshHandshake,
	"false": refreshNone, "no": refreshNone, "off": refreshNone, "never": refreshNone, "skip": refreshNone,
	"warn": onFailureReport, "warning": onFailureReport, "continue": onFailureReport, "ignore": onFailureReport, "log": onFailureReport,
	"fail": onFailureError, "stop": onFailureError, "abort": onFailureError, "raise": onFailureError,
}

// oneOfWords are the words that an argument accepts. The framework's own validator has no
// code, and shows the text unescaped.
type oneOfWords []string

func (w oneOfWords) Description(context.Context) string { return "one of " + w.quoted() }

// MarkdownDescription is the same.
func (w oneOfWords) MarkdownDescription(ctx context.Context) string { return w.Description(ctx) }

func (w oneOfWords) quoted() string {
	quoted := make([]string, 0, len(w))
	for _, word := range w {
		quoted = append(quoted, fmt.Sprintf("%q", word))
	}
	return strings.Join(quoted, ", ")
}

// ValidateString refuses every other word.
func (w oneOfWords) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	word := req.ConfigValue.ValueString()
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() || slices.Contains(w, word) {
		return
	}
	facts := finding.Facts{"argument": req.Path.String(), "word": finding.Quote(word), "known": w.quoted()}
	if meant, ok := nearest.Meant(word, w, synonyms); ok {
		facts["meant"] = meant
	}
	resp.Diagnostics.Append(diagnostic(finding.New("word-unknown", facts), req.Path))
}
