package secret_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
)

const text = "hunter2 & Söhne"

// If this fails, code that prints a secret by accident, alone or inside a struct, reveals
// it.
func TestNoVerbReveals(t *testing.T) {
	s := secret.New(text)
	type holder struct {
		Password secret.String
		inner    secret.String
		pointer  *secret.String
	}
	h := holder{s, s, &s}
	var out strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%10s"} {
		fmt.Fprintf(&out, verb+"|"+verb+"|"+verb+"\n", s, h, &h)
	}
	asJSON, err := json.Marshal(map[string]any{"a": s, "b": h, "c": map[string]secret.String{"k": s}})
	if err != nil {
		t.Fatal(err)
	}
	out.Write(asJSON)
	fmt.Fprintf(&out, "%v %+v %#v", secret.NewEraser(s), secret.NewEraser(s), struct{ e *secret.Eraser }{secret.NewEraser(s)})
	slog.New(slog.NewTextHandler(&out, nil)).Info("m", "s", s, "h", h)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("m", "s", s, "h", h)
	for _, leak := range []string{"hunter2", hex.EncodeToString([]byte("hunter2")), "68756e74"} {
		if strings.Contains(out.String(), leak) {
			t.Errorf("%q shows in:\n%s", leak, out.String())
		}
	}
	if s.Reveal() != text {
		t.Error("Reveal must return the text itself")
	}
}

// If this fails, two secrets have the same digest, or a digest says something without
// its key.
func TestDigest(t *testing.T) {
	key, other := []byte("k"), []byte("l")
	digest := secret.New(text).Digest(key)
	if digest != secret.New(text).Digest(key) {
		t.Error("the same secret has two digests")
	}
	for name, different := range map[string][32]byte{
		"another secret": secret.New(text + " ").Digest(key),
		"no secret":      secret.String{}.Digest(key),
		"another key":    secret.New(text).Digest(other),
	} {
		if digest == different {
			t.Errorf("%s has the same digest", name)
		}
	}
}

// If a case fails, a secret shows that a server quotes, in the form in which it got it
// or decoded.
func TestEraserFindsEveryForm(t *testing.T) {
	e := secret.NewEraser(secret.New(text), secret.New(""))
	b64 := base64.StdEncoding.EncodeToString
	for name, echoed := range map[string]string{
		"plain":          "bad password " + text + " for you",
		"query":          url.QueryEscape(text),
		"path":           url.PathEscape(text),
		"hex":            hex.EncodeToString([]byte(text)),
		"base64":         b64([]byte(text)),
		"base64 raw url": base64.RawURLEncoding.EncodeToString([]byte(text)),
		"PLAIN, 0":       b64([]byte("\x00u\x00" + text)),
		"PLAIN, 1":       b64([]byte("\x00ux\x00" + text + "..")),
		"PLAIN, 2":       b64([]byte("\x00uxx\x00" + text + ".")),
	} {
		t.Run(name, func(t *testing.T) {
			got := e.Erase(echoed)
			if !strings.Contains(got, secret.Redacted) {
				t.Fatalf("not erased: %q", got)
			}
			for _, part := range []string{"hunter", "S%C3%B6hne", "aHVudGVy", "h1bnRlc", "odW50ZX"} {
				if strings.Contains(got, part) {
					t.Errorf("a part %q is left in %q", part, got)
				}
			}
		})
	}
	if got := e.Erase("535 5.7.8 no"); got != "535 5.7.8 no" {
		t.Errorf("an innocent text was changed: %q", got)
	}
	if got := secret.NewEraser(secret.New("a")).Erase("banana"); got != "banana" {
		t.Errorf("a secret of one byte must not garble a text: %q", got)
	}
	if got := (*secret.Eraser)(nil).Erase("x"); got != "x" {
		t.Errorf("nil eraser: %q", got)
	}
}

// If this fails, a text that was cut in the middle of a secret shows its
// beginning.
func TestEraseCut(t *testing.T) {
	e := secret.NewEraser(secret.New(text), secret.New("hunter3"))
	coded := base64.StdEncoding.EncodeToString([]byte(text))
	for cut, want := range map[string]string{
		"535 you said hunter2 & S":      "535 you said [redacted]",
		"535 you said hun":              "535 you said [redacted]",
		"535 you said hu":               "535 you said hu",
		"535 you said " + coded[:9]:     "535 you said [redacted]",
		"535 " + text + " and hunter2 ": "535 [redacted] and [redacted]",
		"535 5.7.8 no":                  "535 5.7.8 no",
		"hunter2 ":                      "[redacted]",
		"":                              "",
	} {
		if got := e.EraseCut(cut); got != want {
			t.Errorf("%q became %q, want %q", cut, got, want)
		}
	}
	if got := (*secret.Eraser)(nil).EraseCut("x"); got != "x" {
		t.Errorf("nil eraser: %q", got)
	}
}

// If this fails, a private key shows line by line.
func TestEraseLines(t *testing.T) {
	e := secret.NewEraser(secret.New("-----BEGIN KEY-----\r\nMIGHAgEAMBMGByqGSM49\r\nshort\r\n"))
	for echoed, want := range map[string]string{
		"you said MIGHAgEAMBMGByqGSM49!": "you said [redacted]!",
		"short":                          "short",
	} {
		if got := e.Erase(echoed); got != want {
			t.Errorf("%q became %q", echoed, got)
		}
	}
}

// TestEraserTakesNeighbours would fail if the characters beside an erased base64
// form, which hold some bits of the secret, were left.
func TestEraserTakesNeighbours(t *testing.T) {
	e := secret.NewEraser(secret.New("hunter2-pencil"))
	for plain, want := range map[string]string{
		"hunter2-pencil":            "[redacted] b",
		"x=hunter2-pencil":          "eD[redacted] b",
		"xy=hunter2-pencil":         "eHk[redacted] b",
		"\x00app\x00hunter2-pencil": "AGFwcA[redacted] b",
		"xy=hunter2-pencil, right?": "eHk[redacted]sIHJpZ2h0Pw== b",
	} {
		if got := e.Erase(base64.StdEncoding.EncodeToString([]byte(plain)) + " b"); got != want {
			t.Errorf("%q in base64 became %q, want %q", plain, got, want)
		}
	}
}
