package rules_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// A field is one argument with the states that it can take: unset, unknown, and
// each of its known values.
type field struct {
	name   string
	states int
	set    func(given *s, state int)
}

const (
	unsetState = iota
	unknownState
	firstKnownState
)

func fieldOf[T any](name string, of func(*s) *settings.Value[T], values ...T) field {
	return field{name, firstKnownState + len(values), func(given *s, state int) {
		switch state {
		case unsetState:
			*of(given) = settings.Value[T]{}
		case unknownState:
			*of(given) = settings.Unknown[T]()
		default:
			*of(given) = settings.Of(values[state-firstKnownState])
		}
	}}
}

// fields are all arguments that rules look at, with values that break rules alone
// or together with others.
var fields = []field{
	fieldOf("host", func(g *s) *settings.Value[string] { return &g.Host },
		"smtp.corp.internal", "localhost", "127.0.0.1", "192.0.2.1", "smtp.example.com", "smtp.gmail.com", "smtp.gmial.com",
		"imap.gmail.com", "smtp-mail.outlook.com", "smtp.office365.com", "in-v3.mailjet.com", "smtp.sendgrid.net",
		"contoso-com.mail.protection.outlook.com", "mobile.charter.net", "stmp.gmail.com", "imap.corp.internal", "smtps://h:465", "", "mail_relay."),
	fieldOf("port", func(g *s) *settings.Value[int64] { return &g.Port }, 465, 587, 25, 2525, 1025, 80, 588, 993, 2465, 0, 70000),
	fieldOf("tls_mode", func(g *s) *settings.Value[settings.TLSMode] { return &g.TLSMode }, settings.Implicit, settings.StartTLS, settings.NoTLS, "ssl"),
	fieldOf("username", func(g *s) *settings.Value[string] { return &g.Username }, "robot", "robot@corp.internal", "apikey", " u", ""),
	fieldOf("password", func(g *s) *settings.Value[secret.String] { return &g.Password },
		secret.New("robot"), secret.New("ya29.token"), secret.New("correct horse"), secret.New("***")),
	fieldOf("access_token", func(g *s) *settings.Value[secret.String] { return &g.AccessToken }, secret.New("ya29.token"), secret.New("Bearer x")),
	fieldOf("auth_mechanism", func(g *s) *settings.Value[settings.Mechanism] { return &g.AuthMechanism },
		settings.Plain, settings.External, settings.XOAuth2, settings.CRAMMD5, settings.ScramSHA256Plus, "plain"),
	fieldOf("from", func(g *s) *settings.Value[string] { return &g.From }, "a@corp.internal", "nobody"),
	fieldOf("rcpt_to", func(g *s) *settings.Value[[]string] { return &g.RcptTo }, []string{"b@corp.internal"}, []string{"nobody"}),
	fieldOf("message_subject", func(g *s) *settings.Value[string] { return &g.MessageSubject }, "Test", "a\nb"),
	fieldOf("ca_cert_pem", func(g *s) *settings.Value[string] { return &g.CACertPEM }, "no PEM"),
	fieldOf("client_cert_pem", func(g *s) *settings.Value[string] { return &g.ClientCertPEM }, "no PEM"),
	fieldOf("client_key_pem", func(g *s) *settings.Value[secret.String] { return &g.ClientKeyPEM }, secret.New("no PEM")),
	fieldOf("tls_server_name", func(g *s) *settings.Value[string] { return &g.TLSServerName }, "smtp.corp.internal", "smtps://h"),
	fieldOf("tls_min_version", func(g *s) *settings.Value[string] { return &g.TLSMinVersion }, "1.3", "1.1"),
	fieldOf("insecure", func(g *s) *settings.Value[bool] { return &g.Insecure }, true, false),
	fieldOf("ehlo_name", func(g *s) *settings.Value[string] { return &g.EHLOName }, "app.corp.internal", "a b"),
	fieldOf("verify", func(g *s) *settings.Value[settings.Verify] { return &g.Verify },
		settings.VerifyNone, settings.VerifyHandshake, settings.VerifyAuth, settings.VerifyEnvelope, settings.VerifyMessage, "login"),
	fieldOf("clients", func(g *s) *settings.Value[[]string] { return &g.Clients },
		[]string{"grafana", "django"}, []string{"system-net-mail"}, []string{"airflow", "jenkins"}, []string{"grafna"}),
	fieldOf("ignore_rules", func(g *s) *settings.Value[[]string] { return &g.IgnoreRules },
		[]string{"port-25", "insecure-tls"}, []string{"port25"}, []string{"host-empty"}),
	fieldOf("retry_attempts", func(g *s) *settings.Value[int64] { return &g.RetryAttempts }, 3, 0),
	fieldOf("timeout", func(g *s) *settings.Value[string] { return &g.Timeout }, "30s", "30"),
	fieldOf("auth", func(g *s) *settings.Value[settings.Auth] { return &g.AuthKind }, settings.AuthNone, settings.AuthPassword, settings.AuthOAuth2),
}

// If this fails, something is said of settings while a part of them is unknown that
// is not true of every value which that part may take, null included: a plan then
// fails, or warns, for a reason that the apply doesn't know.
func TestWhatIsSaidOfUnknownsStaysTrue(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	early, refuted := 0, map[finding.Code]bool{}
	for range 2000 {
		states, open := make([]int, len(fields)), []int{}
		for _, i := range random.Perm(len(fields))[:7] { // few, so that each matters
			states[i] = firstKnownState + random.IntN(fields[i].states-firstKnownState)
			if random.IntN(3) == 0 {
				states[i] = unknownState
				open = append(open, i)
			}
		}
		given := settingsOf(states, random.IntN(2) == 0)
		said := rules.Check(given)
		early += len(said)
		for range 6 {
			resolved := slices.Clone(states)
			for _, i := range open {
				resolved[i] = random.IntN(fields[i].states - 1)
				if resolved[i] >= unknownState {
					resolved[i]++
				}
			}
			final := rules.Check(settingsOf(resolved, given.VerifyByDefault))
			for _, f := range said {
				if !refuted[f.Code] && !slices.ContainsFunc(final, func(other finding.Finding) bool { return other.Code == f.Code }) {
					refuted[f.Code] = true
					t.Errorf("%s is said of\n%s\nand not of\n%s", f.Code, describe(states), describe(resolved))
				}
			}
		}
	}
	if early < 1000 {
		t.Errorf("only %d findings beside unknowns: the test proves little", early)
	}
}

func settingsOf(states []int, verifies bool) s {
	given := s{VerifyByDefault: verifies}
	for i, f := range fields {
		f.set(&given, states[i])
	}
	return given
}

// describe names the states other than unset.
func describe(states []int) string {
	out := ""
	for i, f := range fields {
		switch states[i] {
		case unsetState:
		case unknownState:
			out += f.name + " unknown; "
		default:
			out += fmt.Sprintf("%s value %d; ", f.name, states[i]-firstKnownState)
		}
	}
	return out
}
