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
	// enhancedLast is one as qmail and its kin have it: "(#5.7.1)" at the end.
	enhancedLast = lazyregexp.New(`\(#([245]\.[0-9]{1,3}\.[0-9]{1,3})\b[^()]*\)\W*$`)
)

func enhancedIn(said string) string {
	for _, place := range []*lazyregexp.Regexp{enhancedFirst, enhancedLast} {
		if m := place.FindStringSubmatch(said); m != nil {
			return m[1]
		}
	}
	return ""
}

// politeness is what servers add for the reader, and says nothing of the cause:
// "contact your network administrator" is not about a network.
var politeness = lazyregexp.New(`(?i)\bif (you (think|feel|believe)|this is (in|an) error|the (problem|error|issue))\b[^.;]*|\b(please )?(contact|inform) (your|the|our) (\w+ ){0,3}(administrators?|admin|support|postmaster|provider|help ?desk)\b`)

func normalise(said string) text {
	said = politeness.ReplaceAllString(said, " ")
	said = sentence.ReplaceAllString(said, "$1. $2")
	t := text{words: fields(named.ReplaceAllStringFunc(said, inWords)), names: fields(said)}
	t.all = strings.Join(t.names, "")
	t.words = reason(t.words)
	return t
}

// prefixes are what servers put before the words of a policy, which may be about
// anything: Postfix at RCPT, and others the texts of RFC 5321 for 450 and 550.
var prefixes = [][]string{
	strings.Fields("recipient address rejected"),
	strings.Fields("requested action not taken mailbox unavailable"),
	strings.Fields("requested mail action not taken mailbox unavailable"),
}

// leastReason is how many words must follow a text of RFC 5321 for it to be a mere
// prefix: a server's own number, or where to read more, may follow it too.
const leastReason = 4

// reason leaves the prefixes out.
func reason(words []string) []string {
	for i, prefix := range prefixes {
		if len(words) <= len(prefix) || !slices.Equal(words[:len(prefix)], prefix) {
			continue
		}
		if rest := words[len(prefix):]; i == 0 || len(rest) >= leastReason && !slices.Contains(pointers, rest[0]) {
			return rest
		}
	}
	return words
}

// pointers begin a sentence about where to read more.
var pointers = strings.Fields("for see please visit http https")

// inWords is what stands in a text for a name: "ip" for an address.
func inWords(name string) string {
	if _, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil {
		return " ip "
	}
	return " "
}

// plain leaves out apostrophes ("don't" is "dont", until contractions are read in
// full) and spells British words in American, as most servers do.
var plain = strings.NewReplacer("can't", "cannot", "can’t", "cannot", "'", "", "’", "", "`", "", "authoris", "authoriz", "recognis", "recogniz", "organis", "organiz")

// fields are the words of a text. All punctuation but apostrophes divides.
func fields(said string) []string {
	said = plain.Replace(strings.ToLower(said))
	words := strings.FieldsFunc(said, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	out := make([]string, 0, len(words))
	for _, word := range words {
		switch {
		case word == "not" && len(out) > 0 && out[len(out)-1] == "can":
			out[len(out)-1] = "cannot"
		case contractions[word] != "":
			out = append(out, contractions[word], "not")
		default:
			out = append(out, word)
		}
	}
	return out
}

// contractions are verbs with "not", as they are after their apostrophe is gone.
var contractions = map[string]string{
	"isnt": "is", "arent": "are", "wasnt": "was", "werent": "were", "dont": "do", "doesnt": "does", "didnt": "did",
	"hasnt": "has", "havent": "have", "hadnt": "had", "couldnt": "could", "wont": "will", "wouldnt": "would",
	"shouldnt": "should", "mustnt": "must",
}

// fillers are words that a server may put between those of a phrase without a
// change of its meaning: "account disabled" is "your account has been disabled".
var fillers = map[string]bool{
	"a": true, "an": true, "the": true, "is": true, "are": true, "was": true, "were": true, "be": true, "been": true,
	"being": true, "has": true, "have": true, "had": true, "your": true, "our": true, "this": true, "that": true,
	"these": true, "their": true, "its": true, "his": true, "her": true, "also": true,
}

// pattern is a text's condition: terms divided by " & ", all of which must hold.
// A term is alternatives divided by "|", and "!" before it turns it around. An
// alternative is words that follow each other, fillers aside; "*" at the end of one
// stands for any ending, and "{name}" for what the vocabulary has under that name. With "@"
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

// in reports whether the words of the phrase follow each other somewhere, with
// nothing but fillers between them.
func (p phrase) in(words []string) bool {
	for from, word := range words {
		if fits(word, p.words[0]) && p.at(words[from:]) {
			return true
		}
	}
	return false
}

func (p phrase) at(words []string) bool {
	for i, want := range p.words {
		for i > 0 && len(words) > 0 && fillers[words[0]] && !fits(words[0], want) {
			words = words[1:]
		}
		if len(words) == 0 || !fits(words[0], want) {
			return false
		}
		words = words[1:]
	}
	return true
}

// fits reports whether a word is the one that is wanted, where "*" stands for any ending.
func fits(word, want string) bool {
	if last := len(want) - 1; want[last] == '*' {
		return strings.HasPrefix(word, want[:last])
	}
	return word == want
}
