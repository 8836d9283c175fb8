package provider_test

import (
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/services"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// If this fails, validate refuses what service returns, or service offers to send
// credentials in clear text.
func TestServicesAreValid(t *testing.T) {
	s := serve(t, smtptest.NewNetwork(0))
	judged := 0
	for _, service := range services.All() {
		for _, options := range optionsOf(service) {
			for _, endpoint := range append([]services.Endpoint{{}}, service.Endpoints...) {
				arguments := []any{service.ID, options}
				if endpoint.Port != 0 {
					arguments = append(arguments, object{"port": endpoint.Port, "tls_mode": string(endpoint.TLSMode)})
				}
				made, failed := s.call("service", arguments...)
				if inClear := endpoint.TLSMode == settings.NoTLS && service.Auth() != settings.AuthNone; failed != nil {
					if !inClear {
						t.Errorf("%s %v: %s", service.ID, arguments, failed.Text)
					}
					continue
				}
				got, failed := s.call("validate", object(made.(map[string]any)))
				if failed != nil {
					t.Fatal(failed.Text)
				}
				judged++
				if result := got.(map[string]any); result["valid"] != true {
					t.Errorf("%s %v: %v is refused: %v", service.ID, arguments, made, codesOf(result["errors"]))
				}
			}
		}
	}
	if judged < 300 {
		t.Errorf("only %d results", judged)
	}
}

// optionsOf are the options of each host of a service.
func optionsOf(service services.Service) []object {
	all := []object{}
	for _, host := range service.Hosts {
		options := object{}
		for name, value := range host.Options {
			options[name] = value
		}
		all = append(all, options)
	}
	for _, option := range service.Options() {
		for _, value := range []string{"eu-west-1", "contoso-com"} {
			if _, err := service.Host(map[string]string{option: value}); err == nil {
				all = append(all, object{option: value})
			}
		}
	}
	var usable []object
	for _, options := range all {
		chosen := map[string]string{}
		for name, value := range options {
			chosen[name], _ = value.(string)
		}
		if _, err := service.Host(chosen); err == nil {
			usable = append(usable, options)
		}
	}
	return usable
}
