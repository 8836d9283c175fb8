package auth

import (
	"slices"
	"strconv"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Choose returns the mechanism for the one attempt to log in: want if it is not empty,
// else the safest that is offered and that can carry the credentials. A password is
// never sent as a token, nor a token as a password.
//
// It chooses without TLS too, because a person may ignore the rule against that. Every
// error is an [*finding.Error], and means that nothing was sent.
func Choose(offered []string, want settings.Mechanism, cred Credentials, ch Channel) (settings.Mechanism, error) {
	facts := choiceFacts(offered, want, ch)
	if len(offered) == 0 {
		return "", failure("auth-not-offered", facts)
	}
	if want != "" {
		if err := fixed(offered, want, cred, ch, facts); err != nil {
			return "", err
		}
		return want, nil
	}
	fitting := possible(offered, cred, ch)
	if len(fitting) == 0 {
		return "", failure(misfit(offered, cred), facts)
	}
	for _, m := range fitting {
		if carries(m, cred) {
			return m, nil
		}
	}
	return fitting[0], nil // New or the server then says what is wrong with the credentials
}

// possible returns the mechanisms that are offered and take credentials of this kind, the
// preferred one first: in the order of the table, except that those that don't show the
// password come first where others on the path could read it.
func possible(offered []string, cred Credentials, ch Channel) []settings.Mechanism {
	kind := cred.kind()
	if kind == settings.AuthNone && !cred.External {
		return nil
	}
	var names []settings.Mechanism
	for _, m := range settings.Mechanisms() {
		traits := settings.TraitsOf(m)
		if traits.Credential == kind && slices.Contains(offered, string(m)) && (!traits.Binds || canBind(ch)) {
			names = append(names, m)
		}
	}
	switch {
	case kind == settings.AuthPassword && !ch.trusted():
		slices.SortStableFunc(names, func(a, b settings.Mechanism) int { return shown(a) - shown(b) })
	case kind == settings.AuthOAuth2 && isMicrosoft(ch.Host):
		// XOAUTH2 is the only mechanism for tokens that Microsoft documents for SMTP.
		slices.SortStableFunc(names, func(a, b settings.Mechanism) int { return documented(b) - documented(a) })
	}
	return names
}

// shown is 1 for a mechanism that sends the password itself.
func shown(m settings.Mechanism) int {
	if settings.TraitsOf(m).Challenges {
		return 0
	}
	return 1
}

// documented is 1 for the mechanism that Microsoft documents for tokens.
func documented(m settings.Mechanism) int {
	if m == settings.XOAuth2 {
		return 1
	}
	return 0
}

// fixed returns why the mechanism that a person declared can't be used, or nil.
func fixed(offered []string, want settings.Mechanism, cred Credentials, ch Channel, facts finding.Facts) error {
	needs := settings.CredentialOf(want)
	switch {
	case needs == settings.AuthPassword && cred.kind() == settings.AuthOAuth2:
		return failure("mechanism-needs-password", facts)
	case needs == settings.AuthOAuth2 && cred.kind() == settings.AuthPassword:
		return failure("mechanism-needs-token", facts)
	case !slices.Contains(offered, string(want)):
		return failure("auth-mechanism-not-offered", facts)
	case settings.TraitsOf(want).Binds && !canBind(ch):
		return failure("scram-binding-impossible", facts)
	}
	return nil
}

// misfit returns the code for a server none of whose mechanisms fits.
func misfit(offered []string, cred Credentials) finding.Code {
	takes := func(kind settings.Auth) bool {
		return slices.ContainsFunc(offered, func(name string) bool {
			return settings.CredentialOf(settings.Mechanism(name)) == kind
		})
	}
	switch kind := cred.kind(); {
	case kind == settings.AuthPassword && takes(settings.AuthOAuth2) && !takes(settings.AuthPassword):
		return "oauth2-required"
	case kind == settings.AuthOAuth2 && takes(settings.AuthPassword) && !takes(settings.AuthOAuth2):
		return "oauth2-not-offered"
	}
	return "auth-no-common-mechanism"
}

func choiceFacts(offered []string, want settings.Mechanism, ch Channel) finding.Facts {
	facts := finding.Facts{"host": ch.Host, "port": strconv.Itoa(ch.Port)}
	if len(offered) > 0 {
		facts["offered"] = finding.Quote(strings.Join(offered, ", "))
	}
	if want != "" {
		facts["mechanism"] = finding.Quote(string(want))
	}
	facts["tls"] = yes(ch.TLS != nil)
	return facts
}

// microsoftDomains hold the submission hosts of Microsoft 365 and Outlook.com.
var microsoftDomains = []string{"office365.com", "outlook.com", "hotmail.com", "live.com", "office365.us"}

func isMicrosoft(host string) bool { return slices.ContainsFunc(microsoftDomains, under(host)) }

// under returns a test of whether host is a domain or lies below it.
func under(host string) func(domain string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return func(domain string) bool { return host == domain || strings.HasSuffix(host, "."+domain) }
}
