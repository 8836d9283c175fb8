//go:build interop && interopclients

package interopclients

import (
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/clients"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// If this fails, a consumer reads an address in another way than the catalogue
// writes it, or doesn't find it in the certificate, and the catalogue is silent
// about that.
func TestAddresses(t *testing.T) {
	tried := map[conduct]int{}
	for _, c := range consumers {
		for _, mode := range []settings.TLSMode{settings.Implicit, settings.StartTLS} {
			for _, address := range []conduct{address4, address6} {
				tr := trialOf(t, c.label, mode, sound)
				tr.conduct = address
				if _, err := clients.Settings(tr.id, tr.connection()); err != nil {
					continue
				}
				tried[address]++
				t.Run(c.label+"/"+tr.String(), func(t *testing.T) { try(t, tr, render(t, tr), sentOverTLS) })
			}
		}
	}
	if tried[address4] < 40 || tried[address6] < 30 {
		t.Errorf("too few can express an address: %v", tried)
	}
}
