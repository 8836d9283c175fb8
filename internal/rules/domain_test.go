package rules_test

import (
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/services"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// If this fails, somebody who gave only the domain of a service gets a host in its
// place that doesn't work: one with a placeholder in it, or none of the service's.
func TestDomainOfAService(t *testing.T) {
	patterns := 0
	for _, service := range services.All() {
		for _, pattern := range service.Hosts {
			_, domain, _ := strings.Cut(pattern.Name, ".")
			s := settings.Settings{Host: settings.Of(domain)}
			for _, f := range rules.Check(s) {
				if f.Code != "host-domain-only" {
					continue
				}
				edit := f.In(s.Block()).Fixes[0]
				host := strings.Trim(edit.Set[0].Expression, `"`)
				if _, known := services.ByHost(host); !known {
					t.Errorf("%s: %s is not a host of a service", domain, host)
				}
				if needsName := strings.Contains(pattern.Name, "{"); needsName {
					patterns++
					if !edit.Placeholder {
						t.Errorf("%s: only the reader knows the name for %s", domain, pattern.Name)
					}
				}
			}
		}
	}
	if patterns == 0 {
		t.Error("no service has a placeholder in the first part of its host: this test sees nothing")
	}
}
