package rules

import (
	"slices"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/clients"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// verification are the findings about a client that trusts any certificate. They
// compare it with a connection whose certificate is verified.
var verification = []finding.Code{"client-unverified", "client-verification-unknown"}

// brokenByClients are the rules that the clients of the connection break, each
// on its own. Several clients may break the same one.
func brokenByClients(s settings.Settings) []broken {
	conn := clients.Connection{Port: int(s.ResolvedPort().Or(0)), Auth: s.Auth().Or("")}
	if mode := s.ResolvedMode().Or(""); slices.Contains(settings.TLSModes, mode) {
		conn.Mode = mode
	}
	if h, known := host(s); known {
		conn.Host = h.Name
	}
	var found []broken
	for _, id := range slices.Sorted(slices.Values(s.Clients.Or(nil))) {
		for _, problem := range clients.Check(id, conn) {
			if (s.Insecure.IsUnknown() || s.Insecure.Or(false)) && slices.Contains(verification, problem.Code) {
				continue
			}
			found = append(found, broken{problem.Code, problem.Facts})
		}
	}
	return found
}
