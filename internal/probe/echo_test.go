package probe_test

import (
	"bufio"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"math/rand/v2"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// parrot is a server that sends back what it heard in a login: cut, re-encoded and
// spread over the lines of its refusal.
type parrot struct {
	random *rand.Rand
	heard  []string // lines of base64, and what is in them
}

// tongues are how a server may write what it heard.
var tongues = []func(string) string{
	func(s string) string { return s },
	strings.ToUpper,
	url.QueryEscape,
	url.PathEscape,
	html.EscapeString,
	func(s string) string { return fmt.Sprintf("%q", s) },
	func(s string) string { coded, _ := json.Marshal(s); return string(coded) },
	func(s string) string { return hex.EncodeToString([]byte(s)) },
	func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) },
	func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte("got " + s + "!")) },
	func(s string) string { return url.QueryEscape(base64.StdEncoding.EncodeToString([]byte("\x00" + s))) },
}

func (p *parrot) serve(nc net.Conn) {
	defer nc.Close()
	in := bufio.NewReader(nc)
	say := func(lines ...string) { _, _ = nc.Write([]byte(strings.Join(lines, "\r\n") + "\r\n")) }
	say("220 mail.example.test ready")
	for prompts := 0; ; {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		verb, rest, _ := strings.Cut(line, " ")
		switch {
		case verb == "EHLO":
			say("250-mail.example.test", "250 AUTH PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256 XOAUTH2 OAUTHBEARER NTLM")
		case verb == "QUIT":
			return
		case verb == "AUTH" && !strings.Contains(rest, " "):
			say("334 " + base64.StdEncoding.EncodeToString([]byte("<1896.697170952@mail.example.test>")))
		default:
			if _, response, found := strings.Cut(rest, " "); verb == "AUTH" && found {
				line = response
			}
			p.hear(line)
			if prompts++; strings.HasPrefix(p.heard[len(p.heard)-1], "app@") && prompts == 1 { // LOGIN's user name
				say("334 UGFzc3dvcmQ6")
				continue
			}
			say(p.refusal()...)
		}
	}
}

func (p *parrot) hear(line string) {
	p.heard = append(p.heard, line)
	if plain, err := base64.StdEncoding.DecodeString(line); err == nil {
		p.heard = append(p.heard, string(plain))
	}
}

// control is what a server can't put into a line of a reply.
var control = regexp.MustCompile(`[\r\n]`)

func (p *parrot) refusal() []string {
	text := "bad login: "
	for range 1 + p.random.IntN(3) {
		heard := p.heard[p.random.IntN(len(p.heard))]
		from := p.random.IntN(len(heard) + 1)
		switch p.random.IntN(3) {
		case 0:
			heard = heard[from:]
		case 1:
			heard = heard[:from]
		}
		text += tongues[p.random.IntN(len(tongues))](heard) + " or "
	}
	text = control.ReplaceAllString(text, "?")
	width := 5 + p.random.IntN(100)
	var lines []string
	for ; len(text) > width; text = text[width:] {
		lines = append(lines, "535-5.7.8 "+text[:width])
	}
	return append(lines, "535 5.7.8 "+text)
}

// If this fails, TestNoEightCharactersOfALoginShow would pass whatever the engine did.
func TestEightOf(t *testing.T) {
	for _, what := range passwords {
		for i, tongue := range tongues {
			if said := tongue(what); eightOf("bad login: "+said+" or ", what) == "" {
				t.Errorf("tongue %d: %q does not show in %q", i, what, said)
			}
		}
	}
}

// passwords are such as need to be escaped.
var passwords = []string{"hunter2-pencil", `quo"ted\ <and> blank ½`, "пароль = ключ, é"}

// If this fails, a server that sends back what it heard puts eight characters in a
// row of a password, a token or a response into something that a person or a log
// gets to see.
func TestNoEightCharactersOfALoginShow(t *testing.T) {
	for _, m := range []settings.Mechanism{
		settings.Plain, settings.Login, settings.CRAMMD5, settings.ScramSHA256, settings.XOAuth2, settings.OAuthBearer, settings.NTLM,
	} {
		for _, password := range passwords {
			for seed := range uint64(25) {
				synctest.Test(t, func(t *testing.T) {
					l := newLab(t)
					p := &parrot{random: rand.New(rand.NewPCG(seed, 2))}
					ln := l.Listen(at(2525))
					done := make(chan struct{})
					go func() {
						defer close(done)
						if nc, err := ln.Accept(); err == nil {
							p.serve(nc)
						}
					}()
					r := request(settings.NoTLS, 2525)
					r.Verify, r.Mechanism, r.Credentials.Username = settings.VerifyAuth, m, "app@example.test"
					if settings.CredentialOf(m) == settings.AuthOAuth2 {
						r.Credentials.AccessToken = secret.New(password)
					} else {
						r.Credentials.Password = secret.New(password)
					}
					report, _, err := l.check(r)
					_ = ln.Close()
					<-done
					f := finding.Of(err)
					output := strings.Join([]string{f.Summary, f.Detail(), err.Error(), strings.Join(report.Transcript, "\n"), fmt.Sprint(f)}, "\n")
					hidden := []string{password}
					for _, heard := range p.heard {
						if _, err := base64.StdEncoding.DecodeString(heard); err == nil {
							hidden = append(hidden, heard)
						}
					}
					for _, what := range hidden {
						if part := eightOf(output, what); part != "" {
							t.Fatalf("%s, seed %d: %q of %q shows in\n%s", m, seed, part, what, output)
						}
					}
					if len(p.heard) == 0 || !strings.Contains(output, "bad login") {
						t.Fatalf("%s: nothing was sent back:\n%s", m, output)
					}
				})
			}
		}
	}
}

// If this fails, a password that holds the words of a refusal keeps the refusal from
// being understood, because they are erased before anybody reads them.
func TestRefusalIsReadBeforeItIsErased(t *testing.T) {
	for reply, want := range map[string]finding.Code{
		"535 Incorrect authentication data":                              "auth-rejected",
		"454 4.7.0 Temporary authentication failure":                     "auth-temporary",
		"535 5.7.8 Error: authentication failed: authentication failure": "auth-rejected",
	} {
		codes := map[string]finding.Code{}
		for _, password := range []string{"pencil", "correct horse authentication failure temporary data"} {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				l.play(2525, dialogue(asked+"AUTH PLAIN | "+reply))
				r := withLogin(request(settings.NoTLS, 2525), password)
				r.Mechanism = settings.Plain
				codes[password] = codeOf(l.all(r)[0])
			})
		}
		for password, code := range codes {
			if code != want {
				t.Errorf("%q with the password %q is reported as %q, want %q", reply, password, code, want)
			}
		}
	}
}

// If this fails, a server that writes GBK shows a password that it repeats in UTF-8: read
// as GBK, its letters are Chinese characters from which it can be computed.
func TestSecretIsErasedBeforeDecoding(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const password = "éèêëíìîïñò"
		l := newLab(t)
		l.play(2525, dialogue(asked+"AUTH PLAIN | 535 \xb5\xc7\xc2\xbc\xca\xa7\xb0\xdc "+password))
		r := withLogin(request(settings.NoTLS, 2525), password)
		r.Mechanism = settings.Plain
		_, _, err := l.check(r)
		f := finding.Of(err)
		if want := "S: 535 登录失败 " + secret.Redacted; !slices.Contains(f.Seen, want) || strings.Contains(f.Detail(), "茅猫") {
			t.Errorf("%q is not in\n%s", want, f.Detail())
		}
	})
}

// eightOf returns eight characters in a row of a secret that a text shows, in some
// form; "" if there are none.
func eightOf(text, what string) string {
	read := []string{text, html.UnescapeString(text), strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(text)}
	percent := regexp.MustCompile(`%[0-9A-Fa-f]{2}`).ReplaceAllStringFunc(text, func(e string) string {
		b, _ := hex.DecodeString(e[1:])
		return string(b)
	})
	read = append(read, percent, strings.ReplaceAll(percent, "+", " "))
	for _, run := range regexp.MustCompile(`[A-Za-z0-9+/_-]{11,}`).FindAllString(percent, -1) {
		run = strings.NewReplacer("-", "+", "_", "/").Replace(run)
		for from := range 4 {
			part := run[from:]
			if plain, err := base64.RawStdEncoding.DecodeString(part[:len(part)/4*4]); err == nil {
				read = append(read, string(plain))
			}
		}
		if plain, err := hex.DecodeString(run[:len(run)/2*2]); err == nil {
			read = append(read, string(plain))
		}
	}
	all := []rune(strings.ToLower(what))
	for _, text := range read {
		text = strings.ToLower(text)
		for i := range len(all) - 7 {
			if part := string(all[i : i+8]); strings.Contains(text, part) {
				return part
			}
		}
	}
	return ""
}
