package rules

import (
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Broken returns the codes of the rules that the settings break, ignored or not.
func Broken(s settings.Settings) []finding.Code {
	var codes []finding.Code
	for _, b := range broken(s) {
		codes = append(codes, b.code)
	}
	return codes
}
