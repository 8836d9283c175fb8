package auth

import (
	"slices"
	"strconv"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Choose returns the mechanism for the one attempt: want if it is not empty,
// else the safest that is offered and that can carry the credentials. A password is
// never sent as a token, nor a token as a password.
//
// Without TLS it chooses too, because a person may have ignored the rule against
// it. Every error is an [*finding.Error]; nothing was sent then.
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
	possible := possible(offered, cred, ch)
	if len(possible) == 0 {
		return "", failure(misfit(offered, cred), facts)
	}
	for _, m := range possible {
		if carries(m, cred) {
			return m, nil
		}
	}
	return possible[0], nil // sending them reports what is wrong with the credentials
}

// possible are the mechanisms that are offered and take credentials of this kind,
// in the order of preference: that of the table; where somebody may read along,
// those that don't show the password first.
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
		slices.SortFunc(names, func(a, b settings.Mechanism) int { return strings.Compare(string(b), string(a)) })
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

// misfit names what is wrong when no offered mechanism fits.
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
