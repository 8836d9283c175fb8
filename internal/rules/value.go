package rules

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/nearest"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// The bounds of timeout, retry_attempts and message_subject.
const (
	shortestTimeout = time.Second
	longestTimeout  = 10 * time.Minute
	mostAttempts    = 10
	longestSubject  = 200
)

// modeWords are what people write for tls_mode because other libraries say so: what
// the word means there, and which mode is most likely meant.
var modeWords = map[string]struct {
	meaning string
	meant   settings.TLSMode
}{
	"ssl":           {`Older libraries call TLS from the first byte "SSL".`, settings.Implicit},
	"ssl/tls":       {`Mail programs call TLS from the first byte "SSL/TLS".`, settings.Implicit},
	"smtps":         {`"smtps" is the old name of TLS from the first byte.`, settings.Implicit},
	"true":          {`"secure = true" elsewhere means TLS from the first byte.`, settings.Implicit},
	"tls":           {`"TLS" alone is ambiguous; on port 587 it means STARTTLS, on port 465 TLS from the first byte.`, ""},
	"start_tls":     {`This is STARTTLS.`, settings.StartTLS},
	"false":         {`"secure = false" elsewhere mostly means STARTTLS.`, settings.StartTLS},
	"plain":         {`Clear text is called "none" here.`, settings.NoTLS},
	"off":           {`Clear text is called "none" here.`, settings.NoTLS},
	"opportunistic": {`Opportunistic TLS is STARTTLS where the server offers it. Here "starttls" demands it.`, settings.StartTLS},
	"":              {`An empty text is not the same as no value: null takes the default that follows from port.`, ""},
}

// versionWords, mechanismWords and verifyWords are what people write for
// tls_min_version, auth_mechanism and verify.
var (
	versionWords = map[string]string{
		"TLSv1.2": "1.2", "TLS 1.2": "1.2", "v1.2": "1.2", "1.2.0": "1.2", "771": "1.2", "0x0303": "1.2",
		"TLSv1.3": "1.3", "TLS 1.3": "1.3", "v1.3": "1.3", "1.3.0": "1.3", "772": "1.3", "0x0304": "1.3",
	}
	mechanismWords = map[string]string{
		"oauth": string(settings.XOAuth2), "oauth2": string(settings.XOAuth2), "xoauth": string(settings.XOAuth2),
		"bearer": string(settings.OAuthBearer), "cram": string(settings.CRAMMD5), "md5": string(settings.CRAMMD5),
		"scram": string(settings.ScramSHA256), "sha1": string(settings.ScramSHA1), "sha256": string(settings.ScramSHA256),
		"sha512": string(settings.ScramSHA512), "certificate": string(settings.External), "client-cert": string(settings.External),
	}
	verifyWords = map[string]string{
		"true": string(settings.VerifyAuth), "yes": string(settings.VerifyAuth), "on": string(settings.VerifyAuth),
		"full": string(settings.VerifyAuth), "login": string(settings.VerifyAuth), "credentials": string(settings.VerifyAuth),
		"false": string(settings.VerifyNone), "no": string(settings.VerifyNone), "off": string(settings.VerifyNone),
		"skip": string(settings.VerifyNone), "never": string(settings.VerifyNone),
		"tls": string(settings.VerifyHandshake), "connect": string(settings.VerifyHandshake), "certificate": string(settings.VerifyHandshake),
		"sender": string(settings.VerifyEnvelope), "recipient": string(settings.VerifyEnvelope), "rcpt": string(settings.VerifyEnvelope),
	}
)

// addMeant adds the known word that is most likely meant.
func addMeant[T ~string](facts finding.Facts, word T, known []T, synonyms map[string]string) {
	words := make([]string, 0, len(known))
	for _, k := range known {
		words = append(words, string(k))
	}
	if meant, ok := nearest.Meant(string(word), words, synonyms); ok {
		facts["meant"] = meant
	}
}

var valueRules = []rule{
	{"tls-mode-word", func(s settings.Settings) (finding.Facts, bool) {
		mode, known := s.TLSMode.Get()
		if !known || slices.Contains(settings.TLSModes, mode) {
			return nil, false
		}
		facts := finding.Facts{"word": finding.Quote(string(mode))}
		lower := settings.TLSMode(strings.ToLower(strings.TrimSpace(string(mode))))
		if said, common := modeWords[string(lower)]; common {
			facts["meaning"] = said.meaning
			if said.meant != "" {
				facts["meant"] = string(said.meant)
			}
		} else if strings.Contains(string(lower), "starttls") {
			facts["meant"] = string(settings.StartTLS)
		} else {
			addMeant(facts, mode, settings.TLSModes, nil)
		}
		if port, given := s.Port.Get(); given && facts["meant"] == "" {
			facts["meant"] = string(settings.ModeOfPort(int(port)))
		}
		return facts, true
	}},
	{"tls-min-version", func(s settings.Settings) (finding.Facts, bool) {
		word, known := s.TLSMinVersion.Get()
		facts := finding.Facts{"word": finding.Quote(word)}
		addMeant(facts, word, settings.TLSVersions, versionWords)
		return facts, known && !slices.Contains(settings.TLSVersions, word)
	}},
	{"tls-server-name-invalid", func(s settings.Settings) (finding.Facts, bool) {
		name, known := s.TLSServerName.Get()
		if !known {
			return nil, false
		}
		_, err := settings.ParseHost(name)
		var bad *finding.Error
		if !errors.As(err, &bad) {
			return nil, false
		}
		return bad.Facts, true
	}},
	{"auth-mechanism-word", func(s settings.Settings) (finding.Facts, bool) {
		name, given := s.AuthMechanism.Get()
		if !given || slices.Contains(settings.Mechanisms(), name) {
			return nil, false
		}
		facts := finding.Facts{"word": finding.Quote(string(name)), "known": join(settings.Mechanisms())}
		addMeant(facts, name, settings.Mechanisms(), mechanismWords)
		return facts, true
	}},
	{"verify-word", func(s settings.Settings) (finding.Facts, bool) {
		word, given := s.Verify.Get()
		facts := finding.Facts{"word": finding.Quote(string(word)), "known": join(settings.Verifies)}
		addMeant(facts, word, settings.Verifies, verifyWords)
		return facts, given && !slices.Contains(settings.Verifies, word)
	}},
	{"ehlo-name-invalid", func(s settings.Settings) (finding.Facts, bool) {
		name, given := s.EHLOName.Get()
		facts := finding.Facts{}
		if meant, ok := meantEHLO(name); ok {
			facts["meant"] = meant
		}
		return facts, given && !validEHLO(name)
	}},
	{"from-invalid", func(s settings.Settings) (finding.Facts, bool) {
		from, given := s.From.Get()
		facts := finding.Facts{}
		if address, ok := meantAddress(from); ok {
			facts["address"] = address
		}
		return facts, given && !validAddress(from)
	}},
	{"rcpt-to-invalid", func(s settings.Settings) (finding.Facts, bool) {
		facts, to := finding.Facts{}, []string{}
		for _, text := range s.RcptTo.Or(nil) {
			if address, ok := meantAddress(text); !ok {
				facts["dropped"] = "yes"
			} else if !slices.Contains(to, address) {
				to = append(to, address)
			}
		}
		if len(to) > 0 {
			facts["addresses"] = finding.List(to)
		}
		return facts, slices.ContainsFunc(s.RcptTo.Or(nil), func(to string) bool { return !validAddress(to) })
	}},
	{"envelope-without-from", func(s settings.Settings) (finding.Facts, bool) {
		verify := s.Verify.Or("")
		return finding.Facts{"verify": string(verify)}, verify.Reaches(settings.VerifyEnvelope) && s.From.IsUnset()
	}},
	{"message-without-recipient", func(s settings.Settings) (finding.Facts, bool) {
		return nil, s.Verify.Or("") == settings.VerifyMessage && !s.RcptTo.IsUnknown() && len(s.RcptTo.Or(nil)) == 0
	}},
	{"message-outside-resource", func(s settings.Settings) (finding.Facts, bool) {
		return nil, s.Verify.Or("") == settings.VerifyMessage && !s.VerifyByDefault
	}},
	{"message-subject-invalid", func(s settings.Settings) (finding.Facts, bool) {
		subject, given := s.MessageSubject.Get()
		return nil, given && (strings.ContainsFunc(subject, unicode.IsControl) || !utf8.ValidString(subject) || len(subject) > longestSubject)
	}},
	{"message-subject-unused", func(s settings.Settings) (finding.Facts, bool) {
		verify, known := s.ResolvedVerify().Get()
		return finding.Facts{"verify": string(verify)}, known && slices.Contains(settings.Verifies, verify) &&
			verify != settings.VerifyMessage && s.MessageSubject.IsKnown()
	}},
	{"rcpt-to-unused", func(s settings.Settings) (finding.Facts, bool) {
		verify, known := s.ResolvedVerify().Get()
		return finding.Facts{"verify": string(verify)}, known && !verify.Reaches(settings.VerifyEnvelope) &&
			slices.Contains(settings.Verifies, verify) && len(s.RcptTo.Or(nil)) > 0
	}},
	{"timeout-invalid", func(s settings.Settings) (finding.Facts, bool) {
		text, given := s.Timeout.Get()
		if !given {
			return nil, false
		}
		facts := finding.Facts{}
		if meant, ok := meantDuration(text); ok {
			facts["meant"] = meant
		}
		return facts, !withinBounds(text)
	}},
	{"retry-attempts-invalid", func(s settings.Settings) (finding.Facts, bool) {
		n, given := s.RetryAttempts.Get()
		return finding.Facts{"word": strconv.FormatInt(n, 10), "meant": strconv.FormatInt(min(max(n, 1), mostAttempts), 10)},
			given && (n < 1 || n > mostAttempts)
	}},
	{"ignore-rules-unknown", func(s settings.Settings) (finding.Facts, bool) {
		facts, known := finding.Facts{}, []string{}
		meant := []string{}
		for _, word := range s.IgnoreRules.Or(nil) {
			if _, exists := finding.Lookup(finding.Code(word)); exists {
				known, meant = append(known, word), append(meant, word)
				continue
			}
			if _, named := facts["word"]; !named {
				facts["word"] = finding.Quote(word)
			}
			if near, ok := nearestIgnorable(word); ok {
				meant = append(meant, near)
			}
		}
		slices.Sort(meant)
		if meant = slices.Compact(meant); len(meant) > len(known) {
			facts["meant"] = finding.List(meant)
		}
		if len(known) > 0 {
			facts["rest"] = finding.List(known)
		}
		_, unknown := facts["word"]
		return facts, unknown
	}},
	{"ignore-rules-guard", func(s settings.Settings) (finding.Facts, bool) {
		facts, rest := finding.Facts{}, []string{}
		for _, word := range s.IgnoreRules.Or(nil) {
			if row, exists := finding.Lookup(finding.Code(word)); exists && !row.Ignorable() {
				facts["word"] = word
				continue
			}
			rest = append(rest, word)
		}
		if len(rest) > 0 {
			facts["rest"] = finding.List(rest)
		}
		_, guarded := facts["word"]
		return facts, guarded
	}},
}

// nearestIgnorable returns the ignorable code that a misspelt one most likely means.
func nearestIgnorable(word string) (string, bool) {
	var codes []string
	for _, row := range finding.Catalogue() {
		if row.Ignorable() {
			codes = append(codes, string(row.Code))
		}
	}
	return nearest.Of(word, codes, 4)
}

// withinBounds reports whether timeout accepts a text.
func withinBounds(text string) bool {
	d, err := time.ParseDuration(text)
	return err == nil && d >= shortestTimeout && d <= longestTimeout
}

func join[T ~string](words []T) string {
	quoted := make([]string, 0, len(words))
	for _, w := range words {
		quoted = append(quoted, fmt.Sprintf("%q", string(w)))
	}
	return strings.Join(quoted, ", ")
}
