package provider

import (
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/services"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// machineName is this machine's name with a domain, or "". Tests replace it.
var machineName = probe.MachineName

// ehloWarning warns at plan if the EHLO name would be an address in brackets and the
// service is known to refuse that. It depends on the name of this machine, and apply may
// run on another: so it is no rule, and never an error.
func (b *backend) ehloWarning(s settings.Settings) []finding.Finding {
	host, err := settings.ParseHost(s.Host.Or(""))
	if b == nil || err != nil || machineName() != "" {
		return nil
	}
	with, unknown := b.inherit(s)
	service, known := services.ByHost(host.Name)
	verify, decided := s.ResolvedVerify().Get()
	if len(unknown) > 0 || !known || !service.RefusesLiterals || !with.EHLOName.IsUnset() || !decided || verify == settings.VerifyNone {
		return nil
	}
	f := finding.New("service-refuses-literals", finding.Facts{"service": service.Name})
	return notIgnored(s, []finding.Finding{f.In(s.Block())})
}
