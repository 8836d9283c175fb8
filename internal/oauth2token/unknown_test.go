package oauth2token_test

import (
	"crypto/elliptic"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/oauth2token"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// choice gives one argument a value: one that it has at plan, unknown included, and one
// that it may turn out to have.
type choice func(random *rand.Rand) (early, late func(*oauth2token.Declared))

func choiceOf[T any](of func(*oauth2token.Declared) *settings.Value[T], values ...settings.Value[T]) choice {
	return func(random *rand.Rand) (early, late func(*oauth2token.Declared)) {
		final := values[random.IntN(len(values))]
		given := final
		if random.IntN(3) == 0 {
			given = settings.Unknown[T]()
		}
		return func(d *oauth2token.Declared) { *of(d) = given }, func(d *oauth2token.Declared) { *of(d) = final }
	}
}

// If this fails, a plan reports something about a request that doesn't hold for every value
// that an unknown part of it may turn out to be, null included.
func TestWhatIsSaidOfUnknownsStaysTrue(t *testing.T) {
	null, none := settings.Value[string]{}, settings.Value[secret.String]{}
	key := keyPEM(t, ecKey(t, elliptic.P256()))
	choices := []choice{
		choiceOf(func(d *oauth2token.Declared) *settings.Value[string] { return &d.TokenURL },
			text(googleURL), text(microsoftURL), text(otherURL), text("http://token.example.com/"), text("https://id.example.com/auth"), text("")),
		choiceOf(func(d *oauth2token.Declared) *settings.Value[string] { return &d.ClientID }, text("robot"), text(""), null),
		choiceOf(func(d *oauth2token.Declared) *settings.Value[secret.String] { return &d.ClientSecret }, hidden("s"), hidden(uuid), hidden("s\n"), none),
		choiceOf(func(d *oauth2token.Declared) *settings.Value[secret.String] { return &d.RefreshToken }, hidden(refreshToken), hidden(accessToken), none, none),
		choiceOf(func(d *oauth2token.Declared) *settings.Value[secret.String] { return &d.PrivateKeyPEM }, hidden(key), hidden("key.pem"), none, none),
		choiceOf(func(d *oauth2token.Declared) *settings.Value[string] { return &d.Issuer }, text("robot"), null),
		choiceOf(func(d *oauth2token.Declared) *settings.Value[string] { return &d.Subject }, text("mailbox@example.com"), null),
		choiceOf(func(d *oauth2token.Declared) *settings.Value[[]string] { return &d.Scopes },
			list("https://mail.google.com/"), list("https://outlook.office.com/SMTP.Send"), list("a b"), list(), settings.Value[[]string]{}),
		choiceOf(func(d *oauth2token.Declared) *settings.Value[[]string] { return &d.IgnoreRules },
			list("oauth2-scope-service"), list(), settings.Value[[]string]{}),
	}
	random := rand.New(rand.NewPCG(7, 8))
	said := 0
	for range 5000 {
		var early, late oauth2token.Declared
		for _, c := range choices {
			atPlan, atApply := c(random)
			atPlan(&early)
			atApply(&late)
		}
		final := oauth2token.Check(late)
		for _, f := range oauth2token.Check(early) {
			said++
			if !slices.ContainsFunc(final, func(other finding.Finding) bool { return other.Code == f.Code }) {
				t.Fatalf("%s is said of\n%+v\nand not of\n%+v: %v", f.Code, early.Block().Given, late.Block().Given, codes(final))
			}
		}
	}
	if said < 2000 {
		t.Errorf("only %d findings beside unknowns: the test proves little", said)
	}
}
