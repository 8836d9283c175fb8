package rules

import (
	"slices"
	"strconv"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/clients"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/services"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// brokenByClients are the rules that the connection breaks because of its clients.
// Several clients may break the same one.
func brokenByClients(s settings.Settings) []breach {
	conn := forClients(s)
	ids := s.Clients.Or(nil)
	var found []breach
	for _, id := range slices.Sorted(slices.Values(ids)) {
		for _, problem := range clients.Check(id, conn) {
			facts := problem.Facts
			facts["listed"] = id
			offer(facts, s, id, conn, problem.Code)
			inherited(s, facts)
			if near, ok := facts["nearest"]; ok {
				facts["corrected"] = with(ids, id, near)
			}
			found = append(found, breach{problem.Code, facts})
		}
	}
	return found
}

// wishes are the facts about ports and modes that the client could use, whether or not
// the mail service offers them.
var wishes = []string{"fit_port", "fit_mode", "fit_mode_port", "better_mode", "better_port"}

// offer adds a port and its mode that the mail service offers, and with which the client
// has neither this problem nor an error: in the declared mode if there is one.
func offer(facts finding.Facts, s settings.Settings, id string, conn clients.Connection, code finding.Code) {
	service, _, known := service(s)
	if !known {
		return
	}
	endpoints := append([]services.Endpoint{service.Recommended}, service.Endpoints...)
	declared := conn.Mode
	slices.SortStableFunc(endpoints, func(a, b services.Endpoint) int {
		return inAnother(declared, a) - inAnother(declared, b)
	})
	for _, e := range endpoints {
		conn.Port, conn.Mode = e.Port, e.TLSMode
		if e.TLSMode != settings.NoTLS && !slices.ContainsFunc(clients.Check(id, conn), func(problem *finding.Error) bool {
			return problem.Code == code || isError(problem.Code)
		}) {
			facts["offered_port"], facts["offered_mode"] = strconv.Itoa(e.Port), string(e.TLSMode)
			return
		}
	}
	if service.PortsComplete {
		for _, wish := range wishes {
			delete(facts, wish)
		}
	}
}

// inAnother is 1 for an endpoint in another mode than the declared one.
func inAnother(declared settings.TLSMode, e services.Endpoint) int {
	if e.TLSMode == declared {
		return 0
	}
	return 1
}

// inherited adds which arguments the provider block gives: no edit of this block
// changes them.
func inherited(s settings.Settings, facts finding.Facts) {
	if s.EHLOName.IsUnset() && s.Inherited.EHLOName.IsKnown() {
		facts["inherits_ehlo_name"] = "true"
	}
	if s.CACertPEM.IsUnset() && s.Inherited.CACertPEM.IsKnown() {
		facts["inherits_ca_cert_pem"] = "true"
	}
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

// forClients returns the connection as its clients see it, without what is not known
// yet.
func forClients(s settings.Settings) clients.Connection {
	conn := clients.Connection{
		Port: int(s.ResolvedPort().Or(0)), Auth: s.Auth().Or(""), From: s.From.Or(""),
		EHLOName: s.CheckedEHLOName().Or(""), ServerName: s.TLSServerName.Or(""), Insecure: s.Insecure.Or(false),
		PrivateCA: s.CheckedCACertPEM().IsKnown(), ClientCertificate: s.ClientCertPEM.IsKnown(),
		Unstored: s.Ephemeral || s.GivesWriteOnly("password_wo") || s.GivesWriteOnly("access_token_wo"),
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
