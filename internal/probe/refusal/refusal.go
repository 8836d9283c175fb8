// Package refusal says what a server's refusal means: from the reply, from where
// in the conversation it came, and from what this connection had done by then, to
// the code of a finding.
//
// The knowledge is a table. A row names what it asks for and what it means; the
// most specific row that fits decides, so that a reply is added in one line, at
// any place of the table. Words and enhanced codes weigh more than the basic code,
// because servers hold verdicts on the client, its name and its login back until
// RCPT, and answer all of them with 550. A reply that no row knows is said in the
// server's own words, without a guess at the cause.
//
// The package knows nothing of sockets and opens no connection.
package refusal

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// Stage is the part of the conversation that was refused.
type Stage string

// The stages.
const (
	Greeting Stage = "greeting"
	EHLO     Stage = "ehlo"
	StartTLS Stage = "starttls"
	Auth     Stage = "auth"
	Mail     Stage = "mail"
	Rcpt     Stage = "rcpt"
	Data     Stage = "data"    // the command
	Message  Stage = "message" // the end of the message
	Other    Stage = "other"   // RSET and the like
)

// Secret is what a login sends to prove itself.
type Secret string

// The kinds. The zero value stands for none.
const (
	Password    Secret = "password"
	Token       Secret = "token"
	Certificate Secret = "certificate"
)

// Reply is a refusal with what led to it.
type Reply struct {
	Stage    Stage
	Code     int
	Enhanced string // "5.7.8", or ""
	Text     string // of all lines, without the codes

	Host              string // as declared
	Login             Secret // what AUTH sends, at the stage Auth alone
	LoggedIn          bool
	TLS               bool
	ClientCertificate bool // one was declared
	Named             bool // EHLO gave a name with a domain, no address and no "localhost"
}

// Interpret returns the finding that a refusal stands for.
func Interpret(r Reply) finding.Code {
	s := read(r)
	for _, table := range tables() {
		if best := s.best(table); best != nil {
			return best.code
		}
	}
	return "command-refused"
}

// A row is one line of the table: what it asks for, and what that means. An empty
// field fits everything.
type row struct {
	code     finding.Code
	at       string   // stages, divided by spaces
	replies  string   // codes or their first digits, divided by spaces
	enhanced string   // enhanced codes, divided by spaces; "x" stands for any class
	words    string   // see [pattern]
	hosts    []string // domains of a service, below which the host is
	when     string   // conditions, divided by spaces; "!" turns one around
	source   string   // where the reply is from
}

// rule is a row made ready.
type rule struct {
	row
	stages, codes, enhancedCodes, conditions []string
	pattern                                  pattern
}

// tables are asked in turn: what names a cause, then what names hardly more than
// the step, then the steps.
var tables = sync.OnceValue(func() [][]rule {
	return [][]rule{
		prepare(serviceRows, clientRows, accountRows, senderRows, recipientRows, messageRows, serverRows),
		prepare(broadRows),
		prepare(stageRows),
	}
})

func prepare(families ...[]row) []rule {
	var out []rule
	for _, family := range families {
		for _, r := range family {
			out = append(out, rule{
				row:    r,
				stages: strings.Fields(r.at), codes: strings.Fields(r.replies),
				enhancedCodes: strings.Fields(r.enhanced), conditions: strings.Fields(r.when),
				pattern: compile(r.words),
			})
		}
	}
	return out
}

// subject is a reply made ready to be compared.
type subject struct {
	reply    Reply
	code     string
	enhanced string // without its class
	text     text
	host     string
}

func read(r Reply) subject {
	s := subject{reply: r, code: strconv.Itoa(r.Code), text: normalise(r.Text), host: strings.ToLower(strings.TrimSuffix(r.Host, "."))}
	enhanced := r.Enhanced
	if enhanced == "" {
		enhanced = enhancedIn(r.Text)
	}
	if _, rest, ok := strings.Cut(enhanced, "."); ok {
		s.enhanced = "x." + rest
	}
	return s
}

// best returns the most specific rule that fits; of two alike, the first.
func (s subject) best(rules []rule) *rule {
	var best *rule
	most := -1
	for i := range rules {
		if weight, ok := s.fits(&rules[i]); ok && weight > most {
			best, most = &rules[i], weight
		}
	}
	return best
}

// leastWords is how many words a row must find that rests on words alone: one may
// stand in any sentence.
const leastWords = 2

// What each part of a row weighs. An enhanced code outweighs one word and is
// outweighed by two, but for a code of one service, class included, which weighs
// as much as three; a basic code decides between rows that are otherwise alike.
const (
	weightHost      = 40
	weightWord      = 10
	weightEnhanced  = 15
	weightOwn       = 30
	weightCode      = 5
	weightCondition = 3
	weightStage     = 1
)

// fits reports whether a rule fits, and how specific it is.
func (s subject) fits(r *rule) (weight int, ok bool) {
	words, said := r.pattern.match(s.text)
	switch {
	case !said,
		!anyOf(r.stages, func(stage string) bool { return stage == string(s.reply.Stage) }),
		!anyOf(r.codes, func(code string) bool { return strings.HasPrefix(s.code, code) }),
		!anyOf(r.enhancedCodes, func(code string) bool { return code == s.enhanced || code == s.reply.Enhanced }),
		!anyOf(r.hosts, func(domain string) bool { return s.host == domain || strings.HasSuffix(s.host, "."+domain) }):
		return 0, false
	}
	exact := len(r.hosts) > 0 || len(r.enhancedCodes) > 0 || len(r.codes) > 0 && len(r.codes[0]) == 3
	if words > 0 && words < leastWords && !exact {
		return 0, false
	}
	for _, c := range r.conditions {
		if name, not := strings.CutPrefix(c, "!"); s.holds(name) == not {
			return 0, false
		}
	}
	weight = words*weightWord + len(r.conditions)*weightCondition
	if len(r.hosts) > 0 {
		weight += weightHost
	}
	if len(r.enhancedCodes) > 0 {
		weight += weightEnhanced
		if slices.Contains(r.enhancedCodes, s.reply.Enhanced) {
			weight += weightOwn
		}
	}
	if len(r.codes) > 0 && len(r.codes[0]) == 3 {
		weight += weightCode
	}
	if len(r.stages) > 0 {
		weight += weightStage
	}
	return weight, true
}

// conditions are what a row may ask of the connection.
var conditions = map[string]func(Reply) bool{
	"logged-in":   func(r Reply) bool { return r.LoggedIn },
	"tls":         func(r Reply) bool { return r.TLS },
	"certificate": func(r Reply) bool { return r.ClientCertificate },
	"named":       func(r Reply) bool { return r.Named },
	"password":    func(r Reply) bool { return r.Login == Password },
	"token":       func(r Reply) bool { return r.Login == Token },
	"external":    func(r Reply) bool { return r.Login == Certificate },
	"silent":      func(r Reply) bool { return len(normalise(r.Text).words) == 0 },
}

func (s subject) holds(name string) bool { return conditions[name](s.reply) }

// anyOf reports whether one of the choices will do; no choice means any will.
func anyOf(choices []string, does func(string) bool) bool {
	for _, c := range choices {
		if does(c) {
			return true
		}
	}
	return len(choices) == 0
}
