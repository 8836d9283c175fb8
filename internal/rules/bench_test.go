package rules_test

import (
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// BenchmarkCheck judges settings with nothing to find, with one finding, and with many.
func BenchmarkCheck(b *testing.B) {
	right := s{
		Host: text("smtp.corp.internal"), Port: settings.Of[int64](587), Username: text("robot"),
		Password: settings.Of(secret.New("correct-horse-battery")), VerifyByDefault: true,
	}
	one, many := right, right
	one.Port = settings.Of[int64](25)
	many.Host, many.Port, many.Username, many.TLSMode = text("imap.gmail.com."), settings.Of[int64](993), text(" robot"), settings.Of(settings.NoTLS)
	many.From, many.EHLOName, many.Timeout, many.Clients = text("nobody"), text("a b"), text("30"), settings.Of([]string{"grafana", "system-net-mail"})
	for name, given := range map[string]s{"right": right, "one": one, "many": many} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				rules.Check(given)
			}
		})
	}
}
