package oauth2token

import (
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Block returns the request in the form in which fixes depend on it. It contains no
// secret.
func (d Declared) Block() finding.Block {
	b := finding.Block{Given: map[string]string{}}
	for _, a := range []struct {
		name  string
		value settings.Value[string]
	}{
		{"token_url", d.TokenURL},
		{"client_id", d.ClientID},
		{"private_key_id", d.PrivateKeyID},
		{"issuer", d.Issuer},
		{"subject", d.Subject},
		{"audience", d.Audience},
		{"timeout", d.Timeout},
	} {
		if !a.value.IsUnset() {
			b.Given[a.name] = settings.Map(a.value, finding.Quoted).Or("")
		}
	}
	for name, unset := range map[string]bool{
		"client_secret":   d.ClientSecret.IsUnset(),
		"refresh_token":   d.RefreshToken.IsUnset(),
		"private_key_pem": d.PrivateKeyPEM.IsUnset(),
		"ca_cert_pem":     d.CACertPEM.IsUnset(),
	} {
		if !unset {
			b.Given[name] = ""
		}
	}
	for name, texts := range map[string]settings.Value[[]string]{"scopes": d.Scopes, "ignore_rules": d.IgnoreRules} {
		if !texts.IsUnset() {
			b.Given[name] = settings.Map(texts, finding.List).Or("")
		}
	}
	return b
}
