package finding

import (
	"slices"
	"sync"
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
	Reference string

	// NoEdit says why a finding of the plan has no edit among its fixes.
	NoEdit string

	// Guard marks a finding that protects against injection, or says that a value can't
	// be read at all. Nobody can ignore it.
	Guard bool
}

// Ignorable reports whether ignore_rules may name the code: that of a rule that is not
// a guard, or of a warning of the probe. What the probe saw fail stays failed.
func (r Row) Ignorable() bool {
	return !r.Guard && (r.Stage == Plan || r.Severity == SeverityWarning)
}

// Unexpected stands for every error that has no row of its own.
const Unexpected Code = "unexpected-error"

// A Family is a part of the catalogue; each stands in a file of its own.
type Family struct {
	Guide string // the guide that explains it, by its name in docs/guides
	Title string // its heading there
	Rows  []Row
}

// The guides to findings, by when these come up.
const (
	planGuide        = "findings-plan"
	connectionGuide  = "findings-connection"
	certificateGuide = "findings-certificates"
	loginGuide       = "findings-login"
	envelopeGuide    = "findings-envelope"
	tokenGuide       = "findings-oauth2"
)

// families are in the order in which the documentation shows them.
var families = []struct {
	guide, title string
	rows         func() []Row
}{
	{planGuide, "Host", hostRows},
	{planGuide, "Port", portRows},
	{planGuide, "TLS", tlsRows},
	{planGuide, "Certificates and keys", pemRows},
	{planGuide, "Credentials", authRows},
	{planGuide, "Other values", valueRows},
	{planGuide, "Known mail services", serviceRows},
	{planGuide, "Clients of the connection", clientRows},
	{planGuide, "Arguments of functions", functionRows},
	{connectionGuide, "Reaching the server", connectRows},
	{connectionGuide, "When TLS starts", handshakeRows},
	{connectionGuide, "The conversation", conversationRows},
	{connectionGuide, "A refused step", refusedStepRows},
	{connectionGuide, "The server's own state", refusedServerRows},
	{connectionGuide, "Others", generalRows},
	{certificateGuide, "Certificates and TLS versions", certificateRows},
	{loginGuide, "Choosing a mechanism", choiceRows},
	{loginGuide, "A refused login", refusedLoginRows},
	{loginGuide, "What mail services say", loginServiceRows},
	{loginGuide, "The account", refusedAccountRows},
	{loginGuide, "Mechanisms", mechanismRows},
	{envelopeGuide, "The client", refusedClientRows},
	{envelopeGuide, "The sender", refusedSenderRows},
	{envelopeGuide, "The recipient", refusedRecipientRows},
	{envelopeGuide, "The message", refusedMessageRows},
	{envelopeGuide, "Sender and recipients", envelopeRows},
	{tokenGuide, "Asking for a token (at plan)", tokenRequestRows},
	{tokenGuide, "The answer of the token service", tokenAnswerRows},
	{tokenGuide, "The token at the mail server", tokenRows},
}

// Families returns the parts of the catalogue in the order of the guides.
func Families() []Family {
	var out []Family
	for _, f := range families {
		out = append(out, Family{f.guide, f.title, f.rows()})
	}
	return out
}

// guides are the guide of each code.
var guides = sync.OnceValue(func() map[Code]string {
	of := map[Code]string{}
	for _, family := range Families() {
		for _, row := range family.Rows {
			of[row.Code] = family.Guide
		}
	}
	return of
})

// Page returns the guide that explains the finding, by its name in docs/guides. Its
// heading there is the code.
func Page(code Code) string { return guides()[code] }

// all are the rows of all families.
var all = sync.OnceValue(func() []Row {
	var rows []Row
	for _, family := range Families() {
		rows = append(rows, family.Rows...)
	}
	return rows
})

var rows = sync.OnceValue(func() map[Code]Row {
	byCode := map[Code]Row{}
	for _, row := range all() {
		if _, twice := byCode[row.Code]; twice {
			panic("finding: two rows called " + row.Code)
		}
		byCode[row.Code] = row
	}
	return byCode
})

// Catalogue returns every row, family by family.
func Catalogue() []Row { return slices.Clone(all()) }

// Lookup returns the row with the given code.
func Lookup(code Code) (Row, bool) {
	row, ok := rows()[code]
	return row, ok
}
