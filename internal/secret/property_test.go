package secret_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"math/rand/v2"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
)

// secrets are such as people have: keyboards of several countries, generators, blanks
// and quotes, tokens.
var secrets = []string{
	"hunter2-pencil", "correct horse battery staple", "пароль = ключ, é", `"quoted" & <tagged> 'text'`, `back\slash\n%41+plus`,
	"emoji 🔑 and 鍵鍵鍵鍵鍵鍵鍵鍵", "Tr0ub4dor&3=Tr0ub4dor&3", "AKIAIOSFODNN7EXAMPLE/wJalrXUtnFEMI", "  blanks at both ends  ",
	"eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg", "aaaaaaaabbbbbbbb", "1234567890",
}

// writings are how a server may write what it heard, or a part of it.
var writings = map[string]func(r *rand.Rand, text string) string{
	"as it is":    func(_ *rand.Rand, text string) string { return text },
	"upper case":  func(_ *rand.Rand, text string) string { return strings.ToUpper(text) },
	"backwards":   func(_ *rand.Rand, text string) string { return backwards(text) },
	"hexadecimal": func(_ *rand.Rand, text string) string { return hex.EncodeToString([]byte(text)) },
	"HEXADECIMAL": func(_ *rand.Rand, text string) string { return strings.ToUpper(hex.EncodeToString([]byte(text))) },
	"query":       func(_ *rand.Rand, text string) string { return url.QueryEscape(text) },
	"path":        func(_ *rand.Rand, text string) string { return url.PathEscape(text) },
	"all percent": func(_ *rand.Rand, text string) string { return each(text, "%%%02x") },
	"JSON":        func(_ *rand.Rand, text string) string { coded, _ := json.Marshal(text); return string(coded) },
	"Go":          func(_ *rand.Rand, text string) string { return strconv.Quote(text) },
	"Go in ASCII": func(_ *rand.Rand, text string) string { return strconv.QuoteToASCII(text) },
	"all \\x":     func(_ *rand.Rand, text string) string { return each(text, `\x%02x`) },
	"octal":       func(_ *rand.Rand, text string) string { return each(text, `\%03o`) },
	"shell":       func(_ *rand.Rand, text string) string { return regexp.MustCompile(`\W`).ReplaceAllString(text, `\$0`) },
	"HTML":        func(_ *rand.Rand, text string) string { return html.EscapeString(text) },
	"all HTML": func(_ *rand.Rand, text string) string {
		var b strings.Builder
		for _, c := range text {
			fmt.Fprintf(&b, "&#%d;", c)
		}
		return b.String()
	},
	"quoted-printable": func(_ *rand.Rand, text string) string { return each(text, "=%02X") },
	"base64":           func(r *rand.Rand, text string) string { return base64.StdEncoding.EncodeToString(amid(r, text)) },
	"base64 for URLs":  func(r *rand.Rand, text string) string { return base64.RawURLEncoding.EncodeToString(amid(r, text)) },
	"base64, percent": func(r *rand.Rand, text string) string {
		return url.QueryEscape(base64.StdEncoding.EncodeToString(amid(r, text)))
	},
	"HTML, JSON": func(_ *rand.Rand, text string) string {
		coded, _ := json.Marshal(html.EscapeString(text))
		return string(coded)
	},
}

func backwards(text string) string {
	all := []rune(text)
	slices.Reverse(all)
	return string(all)
}

func each(text, format string) string {
	var b strings.Builder
	for i := range len(text) {
		fmt.Fprintf(&b, format, text[i])
	}
	return b.String()
}

// amid puts a text among others, so that its base64 begins anywhere.
func amid(r *rand.Rand, text string) []byte {
	return []byte(strings.Repeat("u", r.IntN(5)) + "\x00" + text + strings.Repeat(".", r.IntN(4)))
}

// wrap breaks a text into lines, some with a prefix of their own.
func wrap(r *rand.Rand, text string) []string {
	var lines []string
	all := []rune(text)
	width := 1 + r.IntN(30)
	for ; len(all) > width; all = all[width:] {
		lines = append(lines, string(all[:width])+strings.Repeat(" ", r.IntN(2)))
	}
	return append(lines, string(all))
}

// cut returns a part of a text that begins and ends anywhere.
func cut(r *rand.Rand, text string) string {
	all := []rune(text)
	from := r.IntN(len(all))
	return string(all[from : from+1+r.IntN(len(all)-from)])
}

// If this fails, eight characters in a row of a secret show, in whatever form a
// server writes what it heard, and wherever it cuts and breaks it.
func TestNoEightCharactersShow(t *testing.T) {
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 1))
		text := secrets[r.IntN(len(secrets))]
		eraser := secret.NewEraser(secret.New(text), secret.New("another-secret-beside"))
		for _, name := range slices.Sorted(maps.Keys(writings)) { // so that a seed is always the same
			write := writings[name]
			echoed := write(r, text)
			switch r.IntN(3) {
			case 0:
				echoed = write(r, cut(r, text))
			case 1:
				echoed = cut(r, echoed)
			}
			lines := []string{"535 you said: " + echoed + " and that is wrong"}
			if r.IntN(2) == 0 {
				lines = wrap(r, lines[0])
			}
			got := eraser.EraseLines(lines)
			if len(got) != len(lines) {
				t.Fatalf("%d lines became %d", len(lines), len(got))
			}
			for _, joined := range append(got, strings.Join(got, " ")) {
				if part := shown(joined, text); part != "" {
					t.Fatalf("seed %d, %s: %q shows in %q, which was %q", seed, name, part, got, lines)
				}
			}
		}
	}
}

// decoders undo what servers write, with the standard library where it can. A backslash at
// the end is half of an escape, and no character.
var decoders = []func(string) string{
	backwards,
	html.UnescapeString,
	func(text string) string { plain, _ := url.QueryUnescape(text); return plain },
	func(text string) string { plain, _ := url.PathUnescape(text); return plain },
	func(text string) string { plain, _ := strconv.Unquote(`"` + text + `"`); return plain },
	func(text string) string { plain, _ := strconv.Unquote(text); return plain },
	func(text string) string { return backslashed.ReplaceAllString(text, "$1") },
	func(text string) string {
		return printable.ReplaceAllStringFunc(text, func(e string) string {
			plain, _ := hex.DecodeString(e[1:])
			return string(plain)
		})
	},
}

var (
	backslashed = regexp.MustCompile(`\\(.?)`)
	printable   = regexp.MustCompile(`=[0-9A-F]{2}`)         // quoted-printable
	encoded     = regexp.MustCompile(`[A-Za-z0-9+/_-]{11,}`) // base64 or hexadecimal, perhaps
	forURLs     = strings.NewReplacer("-", "+", "_", "/")
)

// readings returns a text as it is and decoded, up to twice.
func readings(text string) []string {
	read := []string{text}
	seen := map[string]bool{"": true, text: true}
	add := func(text string) {
		if !seen[text] {
			seen[text], read = true, append(read, text)
		}
	}
	begin := 0
	for range 2 {
		end := len(read)
		for _, text := range read[begin:end] {
			for _, decode := range decoders {
				add(decode(text))
			}
			for _, run := range encoded.FindAllString(text, -1) {
				run = forURLs.Replace(run)
				for from := range min(4, len(run)) {
					part := run[from:]
					plain, _ := base64.RawStdEncoding.DecodeString(part[:len(part)/4*4])
					add(string(plain))
				}
				plain, _ := hex.DecodeString(run[:len(run)/2*2])
				add(string(plain))
			}
		}
		begin = end
	}
	return read
}

// shown returns eight characters of a secret that a text shows, as it is or decoded; ""
// if there are none.
func shown(text, secretText string) string {
	all := []rune(strings.Map(unicode.ToLower, secretText))
	for _, text := range readings(text) {
		text = strings.Map(unicode.ToLower, text)
		for i := range len(all) - 7 {
			if part := string(all[i : i+8]); strings.Contains(text, part) {
				return part
			}
		}
	}
	return ""
}

// If this fails, TestNoEightCharactersShow would pass whatever the eraser did.
func TestShown(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, text := range secrets {
		for name, write := range writings {
			if echoed := write(r, text); shown(echoed, text) == "" {
				t.Errorf("%s: %q does not show in %q", name, text, echoed)
			}
		}
	}
}

// If this fails, what a person reads is garbled although it holds no secret, or a
// name that the configuration shows anyway is erased.
func TestWhatIsShownOpenlyStays(t *testing.T) {
	eraser := secret.NewEraser(secret.New("mail.example.test-2024!"), secret.New("application-secret")).
		Showing("mail.example.test", "application@example.test").Also(secret.New("\x00application@example.test\x00application-secret"))
	for text, want := range map[string]string{
		"220 mail.example.test ESMTP Postfix":                  "220 mail.example.test ESMTP Postfix",
		"535 no user application@example.test here":            "535 no user application@example.test here",
		"535 MAIL.EXAMPLE.TEST says no":                        "535 MAIL.EXAMPLE.TEST says no",
		"535 not mail.example.test-2024!":                      "535 not [redacted]",
		"535 not le.test-2024! either":                         "535 not [redacted] either",
		"535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6": "535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6",
		"535 the application has no secret":                    "535 the application has no secret",
	} {
		if got := eraser.Erase(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

// If this fails, a shorter secret leaves the rest of a longer one that begins with
// it, or ends with it.
func TestSecretsInSecrets(t *testing.T) {
	for _, secrets := range [][]string{{"hunter", "hunter2-p"}, {"pencil", "-2pencil"}, {"abc", "abcdef"}, {"unter2", "hunter2-p"}, {"hunter2-", "hunter2-pencil"}} {
		for range 2 {
			secrets[0], secrets[1] = secrets[1], secrets[0]
			eraser := secret.NewEraser(secret.New(secrets[0]), secret.New(secrets[1]))
			longer := max(len(secrets[0]), len(secrets[1]))
			for _, text := range secrets {
				if got := eraser.Erase("<" + text + ">"); got != "<"+secret.Redacted+">" && len(text) == longer {
					t.Errorf("%q: %q became %q", secrets, text, got)
				}
			}
		}
	}
}

// The work must grow with the text alone: a server may send a lot.
func BenchmarkErase(b *testing.B) {
	token := strings.Repeat("eyJhbGciOiJSUzI1NiJ9.", 100)
	for _, size := range []int{100, 10_000, 64_000} {
		text := strings.Repeat("250-8BITMIME \\x41 &amp; %20 + and so on\n", size/40+1)[:size]
		for name, eraser := range map[string]*secret.Eraser{
			"password": secret.NewEraser(secret.New("hunter2-pencil")),
			"token":    secret.NewEraser(secret.New(token)),
		} {
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) {
				b.SetBytes(int64(size))
				for b.Loop() {
					eraser.Erase(text)
				}
			})
		}
	}
	b.Run("new", func(b *testing.B) {
		for b.Loop() {
			secret.NewEraser(secret.New(token))
		}
	})
}
