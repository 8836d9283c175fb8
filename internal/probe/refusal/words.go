package refusal

import (
	"net/netip"
	"slices"
	"strings"
	"unicode"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/lazyregexp"
)

// text is what a server said, made ready to be compared: words in lower case
// without punctuation. Names of hosts, addresses and URLs are no words: "relay" in
// a host's name says nothing about relaying. They stand in names, by their parts.
type text struct {
	words []string
	names []string // of hosts and URLs, and all words
	all   string   // without spaces, for scripts that have none
}

var (
	// sentence is a full stop without the space after it.
	sentence = lazyregexp.New(`(\p{Ll}{2})\.(\p{Lu}\p{Ll})`)
	// named is the name of a host, an address or a URL, and what angle brackets hold.
	named = lazyregexp.New(`(?i)[a-z][a-z0-9+.-]*://\S+|<[^<>\s]*>|\S*@\S+|[a-z0-9_-]+(\.[a-z0-9_-]+)+(/\S*)?|\[[0-9a-f:.]+\]`)
	// enhancedFirst is an enhanced code that does not stand where RFC 2034 has it.
	enhancedFirst = lazyregexp.New(`^\W{0,3}([245]\.[0-9]{1,3}\.[0-9]{1,3})\b`)
)

func enhancedIn(said string) string {
	if m := enhancedFirst.FindStringSubmatch(said); m != nil {
		return m[1]
	}
	return ""
}

func normalise(said string) text {
	said = sentence.ReplaceAllString(said, "$1. $2")
	t := text{words: fields(named.ReplaceAllStringFunc(said, inWords)), names: fields(said)}
	t.all = strings.Join(t.names, "")
	t.words = reason(t.words)
	return t
}

// reason leaves out what Postfix puts before the words of a policy at RCPT: they may
// be about anything.
func reason(words []string) []string {
	prefix := []string{"recipient", "address", "rejected"}
	if len(words) > len(prefix) && slices.Equal(words[:len(prefix)], prefix) {
		return words[len(prefix):]
	}
	return words
}

// inWords is what stands in a text for a name: "ip" for an address.
func inWords(name string) string {
	if _, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil {
		return " ip "
	}
	return " "
}

// plain leaves out apostrophes ("don't" is "dont") and spells British words in
// American, as most servers do.
var plain = strings.NewReplacer("'", "", "’", "", "`", "", "authoris", "authoriz", "recognis", "recogniz", "organis", "organiz")

// fields are the words of a text. All punctuation but apostrophes divides.
func fields(said string) []string {
	said = plain.Replace(strings.ToLower(said))
	return strings.FieldsFunc(said, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// pattern is a text's condition: terms divided by " & ", all of which must hold.
// A term is alternatives divided by "|", and "!" before it turns it around. An
// alternative is words that follow each other; "*" at the end of one stands for
// any ending, and "{name}" for what the vocabulary has under that name. With "@"
// before it, a term is looked for in names as well.
type pattern []term

type term struct {
	not, names   bool
	alternatives []phrase
}

type phrase struct {
	words  []string
	han    string // in place of words, in scripts without spaces
	weight int
}

func compile(source string) pattern {
	var out pattern
	for part := range strings.SplitSeq(source, " & ") {
		if part == "" {
			continue
		}
		var t term
		part, t.not = strings.CutPrefix(part, "!")
		part, t.names = strings.CutPrefix(part, "@")
		for alternative := range strings.SplitSeq(inFull(part), "|") {
			t.alternatives = append(t.alternatives, newPhrase(alternative))
		}
		// The longest first, so that the first that fits is the most specific.
		slices.SortStableFunc(t.alternatives, func(a, b phrase) int { return b.weight - a.weight })
		out = append(out, t)
	}
	return out
}

var braces = lazyregexp.New(`\{[a-z ]+\}`)

// inFull replaces the names in braces by what the vocabulary has under them.
func inFull(part string) string {
	return braces.ReplaceAllStringFunc(part, func(name string) string {
		return vocabulary[strings.Trim(name, "{}")]
	})
}

func newPhrase(source string) phrase {
	if strings.ContainsFunc(source, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return phrase{han: source, weight: max(leastWords, len([]rune(source))/2)}
	}
	words := strings.Fields(source)
	weight := len(words)
	if slices.Contains(telling, source) {
		weight++
	}
	return phrase{words: words, weight: weight}
}

// match returns how many words of the text the pattern fits.
func (p pattern) match(t text) (words int, ok bool) {
	for _, term := range p {
		weight, found := term.match(t)
		if found == term.not {
			return 0, false
		}
		words += weight
	}
	return words, true
}

func (t term) match(in text) (weight int, ok bool) {
	words := in.words
	if t.names {
		words = in.names
	}
	for _, p := range t.alternatives {
		if p.han != "" && strings.Contains(in.all, p.han) || p.han == "" && p.in(words) {
			return p.weight, true
		}
	}
	return 0, false
}

// in reports whether the words of the phrase follow each other somewhere.
func (p phrase) in(words []string) bool {
	for from := 0; from+len(p.words) <= len(words); from++ {
		if p.at(words[from:]) {
			return true
		}
	}
	return false
}

func (p phrase) at(words []string) bool {
	for i, want := range p.words {
		stem, open := strings.CutSuffix(want, "*")
		if words[i] != want && (!open || !strings.HasPrefix(words[i], stem)) {
			return false
		}
	}
	return true
}
