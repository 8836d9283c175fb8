package rules

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

var authRules = []rule{
	{"username-without-secret", func(s settings.Settings) (finding.Facts, bool) {
		return loginFacts(s), logsIn(s) && s.Username.Or("") != "" && s.Password.IsUnset() && s.AccessToken.IsUnset()
	}},
	{"secret-without-username", func(s settings.Settings) (finding.Facts, bool) {
		return loginFacts(s), logsIn(s) && s.Username.IsUnset() && (s.Password.IsKnown() || s.AccessToken.IsKnown())
	}},
	{"login-without-credentials", func(s settings.Settings) (finding.Facts, bool) {
		asked := s.Verify.Or("")
		return loginFacts(s), asked == settings.VerifyAuth && logsIn(s) &&
			s.Username.IsUnset() && s.Password.IsUnset() && s.AccessToken.IsUnset()
	}},
	{"two-secrets", func(s settings.Settings) (finding.Facts, bool) {
		return finding.Facts{"first": s.Argument("password"), "second": s.Argument("access_token")}, s.Password.IsKnown() && s.AccessToken.IsKnown()
	}},
	{"mechanism-needs-password", func(s settings.Settings) (finding.Facts, bool) {
		m, known := s.AuthMechanism.Get()
		return finding.Facts{"mechanism": string(m)}, known && settings.CredentialOf(m) == settings.AuthPassword &&
			s.AccessToken.IsKnown() && s.Password.IsUnset()
	}},
	{"mechanism-needs-token", func(s settings.Settings) (finding.Facts, bool) {
		m, known := s.AuthMechanism.Get()
		return finding.Facts{"mechanism": string(m)}, known && settings.CredentialOf(m) == settings.AuthOAuth2 &&
			s.Password.IsKnown() && s.AccessToken.IsUnset()
	}},
	{"write-only-unversioned", func(s settings.Settings) (finding.Facts, bool) {
		for _, name := range slices.Sorted(maps.Keys(writeOnly(s))) {
			if s.GivesWriteOnly(name) && !slices.Contains(s.WriteOnly, name+"_version") {
				return finding.Facts{"argument": name}, true
			}
		}
		return nil, false
	}},
	{"write-only-version-unused", func(s settings.Settings) (finding.Facts, bool) {
		for _, name := range slices.Sorted(maps.Keys(writeOnly(s))) {
			if s.GivesWriteOnly(name+"_version") && !slices.Contains(s.WriteOnly, name) {
				facts := finding.Facts{"argument": name, "version": name + "_version"}
				if writeOnly(s)[name].IsKnown() {
					facts["stored"] = strings.TrimSuffix(name, "_wo")
				}
				return facts, true
			}
		}
		return nil, false
	}},
	{"challenge-without-tls", func(s settings.Settings) (finding.Facts, bool) {
		m := s.AuthMechanism.Or("")
		return finding.Facts{"mechanism": string(m)}, exposed(s) && challenges(m)
	}},
	{"binding-without-tls", func(s settings.Settings) (finding.Facts, bool) {
		m := s.AuthMechanism.Or("")
		return finding.Facts{"mechanism": string(m)}, inClear(s) && binds(m)
	}},
	{"external-without-certificate", func(s settings.Settings) (finding.Facts, bool) {
		return nil, s.AuthMechanism.Or("") == settings.External && s.ClientCertPEM.IsUnset()
	}},
	{"external-with-secret", func(s settings.Settings) (finding.Facts, bool) {
		for argument, value := range secrets(s) {
			if value.IsKnown() && s.AuthMechanism.Or("") == settings.External {
				return finding.Named(argument), true
			}
		}
		return nil, false
	}},
}

// credentialRules look at each credential by itself.
var credentialRules = slices.Concat(
	eachCredential("credential-empty", func(text string) bool { return text == "" }),
	eachCredential("credential-line-end", func(text string) bool { return text != strings.Trim(text, "\r\n") }),
	eachCredential("credential-control-character", func(text string) bool {
		return strings.ContainsFunc(strings.Trim(text, "\r\n"), unicode.IsControl)
	}),
	eachCredential("credential-white-space", func(text string) bool {
		inner := strings.Trim(text, "\r\n")
		return inner != strings.TrimSpace(inner)
	})[:2], // an access token has its own rule: token-white-space
)

// writeOnly are the secrets by the names of their write-only arguments.
func writeOnly(s settings.Settings) map[string]settings.Value[secret.String] {
	return map[string]settings.Value[secret.String]{
		"password_wo": s.Password, "access_token_wo": s.AccessToken, "client_key_pem_wo": s.ClientKeyPEM,
	}
}

// logsIn reports whether the check would log in with a user name and a secret.
func logsIn(s settings.Settings) bool {
	verify, known := s.ResolvedVerify().Get()
	return known && verify.Reaches(settings.VerifyAuth) && s.AuthMechanism.Or("") != settings.External &&
		!s.AuthMechanism.IsUnknown()
}

// challenges reports whether a mechanism sends something computed from the password,
// without TLS too.
func challenges(m settings.Mechanism) bool {
	traits := settings.TraitsOf(m)
	return traits.Challenges && !traits.Binds
}

// binds reports whether a mechanism needs TLS: it binds the login to the connection,
// or takes it from the client certificate.
func binds(m settings.Mechanism) bool {
	return m == settings.External || settings.TraitsOf(m).Binds
}

func loginFacts(s settings.Settings) finding.Facts {
	return finding.Facts{"verify": string(s.ResolvedVerify().Or(""))}
}

// eachCredential returns a rule for each of user name, password and access token. The
// value itself never becomes a fact.
func eachCredential(code finding.Code, bad func(string) bool) []rule {
	of := func(read func(settings.Settings) (string, settings.Value[string])) rule {
		return rule{code, func(s settings.Settings) (finding.Facts, bool) {
			argument, value := read(s)
			text, known := value.Get()
			return finding.Named(argument), known && bad(text)
		}}
	}
	return []rule{
		of(func(s settings.Settings) (string, settings.Value[string]) { return "username", s.Username }),
		of(func(s settings.Settings) (string, settings.Value[string]) {
			return s.Argument("password"), revealed(s.Password)
		}),
		of(func(s settings.Settings) (string, settings.Value[string]) {
			return s.Argument("access_token"), revealed(s.AccessToken)
		}),
	}
}

func revealed(v settings.Value[secret.String]) settings.Value[string] {
	return settings.Map(v, secret.String.Reveal)
}
