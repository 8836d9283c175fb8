package oauth2token_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/oauth2token"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// edited makes an edit in a request. The literals that edits have are JSON too.
func edited(t *testing.T, d oauth2token.Declared, fix finding.Fix) oauth2token.Declared {
	t.Helper()
	for _, a := range fix.Set {
		switch a.Name {
		case "token_url":
			d.TokenURL = literal[string](t, a.Expression)
		case "scopes":
			d.Scopes = literal[[]string](t, a.Expression)
		case "timeout":
			d.Timeout = literal[string](t, a.Expression)
		default:
			t.Fatalf("an edit gives %s a value, which only the reader knows", a.Name)
		}
	}
	none, hidden := settings.Value[string]{}, settings.Value[secret.String]{}
	for _, name := range fix.Remove {
		switch name {
		case "client_id":
			d.ClientID = none
		case "client_secret":
			d.ClientSecret = hidden
		case "refresh_token":
			d.RefreshToken = hidden
		case "private_key_pem":
			d.PrivateKeyPEM = hidden
		case "private_key_id":
			d.PrivateKeyID = none
		case "issuer":
			d.Issuer = none
		case "subject":
			d.Subject = none
		case "audience":
			d.Audience = none
		default:
			t.Fatalf("%s is no argument of a request", name)
		}
	}
	return d
}

func literal[T any](t *testing.T, expression string) settings.Value[T] {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(expression), &v); err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return settings.Of(v)
}

// If this fails, an edit of a token request leaves its finding, or leads to another
// error. The test prints how many edits it made and how many it left out.
func TestEveryEditCures(t *testing.T) {
	cured, placeholders := 0, 0
	instructed := map[finding.Code]bool{}
	for _, r := range requests(t) {
		d := r.declared()
		before := codes(oauth2token.Check(d))
		for _, f := range oauth2token.Check(d) {
			if dropped := f.Dropped(); dropped != nil {
				t.Errorf("%s, %s lacks a fact for %q", r.name, f.Code, dropped)
			}
			if len(f.Fixes) == 0 {
				t.Errorf("%s, %s: nothing to do", r.name, f.Code)
			}
			if !slices.ContainsFunc(f.Fixes, finding.Fix.IsEdit) {
				instructed[f.Code] = true
			}
			for _, fix := range f.Fixes {
				switch {
				case !fix.IsEdit():
					continue
				case fix.Placeholder:
					placeholders++
					continue
				}
				cured++
				for _, now := range oauth2token.Check(edited(t, d, fix)) {
					if now.Code == f.Code || now.Severity == finding.SeverityError && !slices.Contains(before, string(now.Code)) {
						t.Errorf("%s, %s: %s after\n%s", r.name, f.Code, now.Code, fix)
					}
				}
			}
		}
	}
	t.Logf("token: %d edits applied and cured, %d with placeholders left out, %d findings with instructions alone", cured, placeholders, len(instructed))
	if cured < 10 {
		t.Errorf("only %d edits", cured)
	}
}
