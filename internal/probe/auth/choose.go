package auth

import (
	"slices"
	"strconv"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

var (
	scramPlus = []settings.Mechanism{settings.ScramSHA512Plus, settings.ScramSHA256Plus, settings.ScramSHA1Plus}
	scramBare = []settings.Mechanism{settings.ScramSHA512, settings.ScramSHA256, settings.ScramSHA1}

	// trustedOrder is for verified TLS. CRAM-MD5 and NTLM come last: servers
	// advertise them without having a secret that they could check, and there is
	// no second attempt.
	trustedOrder = slices.Concat(scramPlus, scramBare,
		[]settings.Mechanism{settings.Plain, settings.Login, settings.CRAMMD5, settings.NTLM})

	// exposedOrder is for where somebody may read along: what does not show the
	// password itself comes first.
	exposedOrder = slices.Concat(scramPlus, scramBare,
		[]settings.Mechanism{settings.CRAMMD5, settings.NTLM, settings.Plain, settings.Login})

	tokenOrder = []settings.Mechanism{settings.OAuthBearer, settings.XOAuth2}

	// microsoftOrder: XOAUTH2 is the only mechanism for tokens that Microsoft
	// documents for SMTP.
	microsoftOrder = []settings.Mechanism{settings.XOAuth2, settings.OAuthBearer}
)

// Choose returns the mechanism for the one attempt: want if it is not empty,
// else the safest that is offered and that the credentials fit. A password is
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
	for _, m := range candidates(cred, ch) {
		if slices.Contains(offered, string(m)) && (!isPlus(m) || canBind(ch)) {
			return m, nil
		}
	}
	return "", failure(misfit(offered, cred), facts)
}

// candidates are the mechanisms that the credentials fit, safest first.
func candidates(cred Credentials, ch Channel) []settings.Mechanism {
	switch kind := cred.kind(); {
	case kind == settings.AuthOAuth2 && isMicrosoft(ch.Host):
		return microsoftOrder
	case kind == settings.AuthOAuth2:
		return tokenOrder
	case kind == settings.AuthPassword && ch.trusted():
		return trustedOrder
	case kind == settings.AuthPassword:
		return exposedOrder
	case cred.External:
		return []settings.Mechanism{settings.External}
	}
	return nil
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
	case isPlus(want) && !canBind(ch):
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
	if ch.TLS == nil {
		facts["clear"] = "clear text"
	}
	if ch.Port == 25 {
		facts["relay_port"] = "25"
	}
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
