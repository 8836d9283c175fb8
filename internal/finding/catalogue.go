package finding

import (
	"maps"
	"slices"
)

// Stage is when a finding can come up.
type Stage string

// The stages.
const (
	Plan  Stage = "plan"  // decided from the settings alone
	Apply Stage = "apply" // seen on the network
)

// Row is one entry of the catalogue. Its texts may hold {placeholders}.
type Row struct {
	Code      Code
	Stage     Stage
	Severity  Severity
	Attribute string
	Refused   Party // whom the server refused, where it did
	Summary   string
	Cause     Lines
	Fixes     []Fix
	Prose     []string // fixes that are still to be written as Fixes
	Reference string

	// NoEdit says why a finding of the plan has no edit among its fixes.
	NoEdit string

	// Texts are what other tools say in the same case, by tool.
	Texts map[string][]string

	// Guard marks what protects against injection or says that a value cannot
	// be read at all: it can never be ignored.
	Guard bool
}

// Ignorable reports whether ignore_rules may name the code: every rule that is
// no guard, and the warnings of the probe. What the probe saw fail stays failed.
func (r Row) Ignorable() bool {
	return !r.Guard && (r.Stage == Plan || r.Severity == SeverityWarning)
}

// Unexpected stands for every error that has no row of its own.
const Unexpected Code = "unexpected-error"

// families are the parts of the catalogue in the order in which the
// documentation shows them; each stands in a file of its own.
var families = [][]Row{
	hostRows,             // plan: the form of the host
	portRows,             // plan: ports that are not for submission
	tlsRows,              // plan: port and mode that don't fit, certificates given
	authRows,             // plan: credentials
	valueRows,            // plan: values that cannot be read at all
	serviceRows,          // plan: what a known mail service wants
	clientRows,           // plan: what the consumers of the settings can express
	functionRows,         // plan: arguments of functions
	connectRows,          // apply: names, addresses, connections
	handshakeRows,        // apply: which mode the server speaks
	conversationRows,     // apply: replies
	certificateRows,      // apply: TLS and certificates
	loginRows,            // apply: AUTH
	refusedStepRows,      // apply: a step refused in words that nothing is known of
	refusedClientRows,    // apply: the client refused, at any step
	refusedAccountRows,   // apply: the account refused
	refusedSenderRows,    // apply: the sender refused
	refusedRecipientRows, // apply: a recipient refused
	refusedMessageRows,   // apply: the message refused
	refusedServerRows,    // apply: the server's own state
	envelopeRows,         // apply: MAIL FROM and RCPT TO
	tokenRows,            // apply: OAuth2 tokens
	tokenRequestRows,     // plan: what a token is asked for with
	tokenAnswerRows,      // apply: what a token service does
	generalRows,
}

var rows = func() map[Code]Row {
	byCode := map[Code]Row{}
	for _, row := range slices.Concat(families...) {
		if _, twice := byCode[row.Code]; twice {
			panic("finding: two rows called " + row.Code)
		}
		byCode[row.Code] = row
	}
	return byCode
}()

// Catalogue returns every row, family by family.
func Catalogue() []Row { return slices.Concat(families...) }

// Lookup returns the row with the given code.
func Lookup(code Code) (Row, bool) {
	row, ok := rows[code]
	return row, ok
}

// fixes are all fixes of the row.
func (r Row) fixes() []Fix {
	all := slices.Clone(r.Fixes)
	for _, sentence := range r.Prose {
		all = append(all, Do(sentence))
	}
	return all
}

// Facts returns the names of the placeholders in a row's texts, sorted.
func (r Row) Facts() []string {
	names := map[string]bool{}
	texts := []string{r.Summary}
	for _, line := range r.Cause {
		texts = append(texts, line.Text)
	}
	for _, fix := range r.fixes() {
		texts = append(texts, fix.texts()...)
	}
	for _, text := range texts {
		for _, name := range placeholders(text) {
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}
