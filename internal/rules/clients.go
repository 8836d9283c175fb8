package rules

import (
	"slices"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/clients"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/services"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// brokenByClients are the rules that the clients of the connection break, each
// on its own. Several clients may break the same one.
func brokenByClients(s settings.Settings) []broken {
	conn := forClients(s)
	ids := s.Clients.Or(nil)
	var found []broken
	for _, id := range slices.Sorted(slices.Values(ids)) {
		for _, problem := range clients.Check(id, conn) {
			facts := problem.Facts
			facts["listed"] = id
			if near, ok := facts["nearest"]; ok {
				facts["corrected"] = with(ids, id, near)
			}
			found = append(found, broken{problem.Code, facts})
		}
	}
	return found
}

// with returns the ids as HCL, with another one in the place of one.
func with(ids []string, id, other string) string {
	words := make([]string, 0, len(ids))
	for _, each := range ids {
		if each == id {
			each = other
		}
		words = append(words, finding.Quoted(each))
	}
	return "[" + strings.Join(words, ", ") + "]"
}

// forClients is the connection as its clients see it. What is not known yet is
// left out.
func forClients(s settings.Settings) clients.Connection {
	conn := clients.Connection{
		Port: int(s.ResolvedPort().Or(0)), Auth: s.Auth().Or(""), From: s.From.Or(""),
		EHLOName: s.EHLOName.Or(""), ServerName: s.TLSServerName.Or(""), Insecure: s.Insecure.Or(false),
		PrivateCA: s.CACertPEM.IsKnown(), ClientCertificate: s.ClientCertPEM.IsKnown(),
		Unstored: s.Ephemeral || slices.Contains(s.WriteOnly, "password_wo") || slices.Contains(s.WriteOnly, "access_token_wo"),
	}
	if mode := s.ResolvedMode().Or(""); slices.Contains(settings.TLSModes, mode) {
		conn.Mode = mode
	}
	if h, known := host(s); known {
		conn.Host = h.Name
	}
	if s.From.IsUnknown() {
		conn.Later = append(conn.Later, "from")
	}
	if s.Insecure.IsUnknown() {
		conn.Later = append(conn.Later, "insecure")
	}
	if m, given := s.AuthMechanism.Get(); given && slices.Contains(settings.Mechanisms(), m) {
		conn.Mechanism = m
	}
	if service, _, ok := service(s); ok && s.AuthMechanism.IsUnset() {
		conn.Offers, conn.Documented = service.Offers(conn.Auth), service.AuthConfidence == services.Documented
	}
	return conn
}
