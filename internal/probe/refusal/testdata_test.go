package refusal_test

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"maps"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// The corpus: what real servers and services answer, and what each answer is.
// testdata/README.md says how to add a reply.
const (
	knownFile = "known.jsonl" // to write rows by
	heldFile  = "held.jsonl"  // set aside, to measure the rows with
)

// conversation is the places of a reply, in their order.
var conversation = []string{"greeting", "ehlo", "starttls", "auth", "mail", "rcpt", "data", "message"}

// entry is one line of the corpus.
type entry struct {
	Stage  string   `json:"stage"`
	Label  string   `json:"label"`           // what it is
	Also   []string `json:"also,omitempty"`  // what it may honestly be called too
	Login  bool     `json:"login,omitempty"` // answered after a login that succeeded
	Text   string   `json:"text,omitempty"`  // every line of the reply, codes included
	Bytes  []byte   `json:"text_base64,omitempty"`
	From   string   `json:"from"` // the software or the service
	Host   string   `json:"host,omitempty"`
	Source string   `json:"source"`
}

// reply returns the bytes that the server sends, without the line ends.
func (s entry) reply() string {
	if s.Bytes != nil {
		return string(s.Bytes)
	}
	return s.Text
}

// entries reads a file of the corpus.
func entries(t testing.TB, name string) []entry {
	t.Helper()
	file, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var read []entry
	lines := bufio.NewScanner(bytes.NewReader(file))
	lines.Buffer(nil, 64<<10)
	for lines.Scan() {
		strict := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		strict.DisallowUnknownFields()
		var s entry
		if err := strict.Decode(&s); err != nil {
			t.Fatalf("%s, line %d: %v", name, len(read)+1, err)
		}
		read = append(read, s)
	}
	if err := lines.Err(); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return read
}

// namedLabels reads the labels that a sample may have.
func namedLabels(t testing.TB) map[string]bool {
	t.Helper()
	file, err := os.ReadFile(filepath.Join("testdata", "labels.txt"))
	if err != nil {
		t.Fatal(err)
	}
	read := map[string]bool{}
	for line := range strings.Lines(string(file)) {
		if label, meaning, found := strings.Cut(line, " "); found && strings.TrimSpace(meaning) != "" {
			read[label] = true
		}
	}
	return read
}

// If this fails, a sample can't be a reply of a server, or nobody can check it.
func TestEverySampleIsAReplyWithASource(t *testing.T) {
	var (
		first  = regexp.MustCompile(`^[45][0-9][0-9]$`)
		source = regexp.MustCompile(`^(https://\S+|[\w.-]+/[\w.-]+@[0-9a-f]{7,40} \S+)$`)
		labels = namedLabels(t)
	)
	for _, name := range []string{knownFile, heldFile} {
		for i, s := range entries(t, name) {
			fault := func(text string) { t.Errorf("%s, line %d: %s: %.80q", name, i+1, text, s.reply()) }
			if !slices.Contains(conversation, s.Stage) {
				fault("unknown stage " + s.Stage)
			}
			for _, label := range append([]string{s.Label}, s.Also...) {
				if !labels[label] {
					fault("label is not in labels.txt: " + label)
				}
			}
			if (s.Text == "") == (s.Bytes == nil) {
				fault("needs text or text_base64, not both")
				continue
			}
			if s.Bytes != nil && utf8.Valid(s.Bytes) {
				fault("is UTF-8: say it as text")
			}
			lines := strings.Split(s.reply(), "\n")
			code, _, _ := strings.Cut(strings.ReplaceAll(lines[0], "-", " "), " ")
			if !first.MatchString(code) {
				fault("begins with no code of a refusal")
			}
			for j, line := range lines {
				sign := " "
				if j < len(lines)-1 {
					sign = "-"
				}
				if !strings.HasPrefix(line, code+sign) {
					fault("line " + line + " does not begin with " + code + sign)
				}
			}
			if s.From == "" || !source.MatchString(s.Source) {
				fault("from or source is missing, or of another form")
			}
		}
	}
}

// If this fails, a sample names a person's address or machine.
func TestSamplesNameNobody(t *testing.T) {
	var (
		mailbox = regexp.MustCompile(`[\w.+-]+@([\w-]+\.[\w.-]*\w)`)
		dotted  = regexp.MustCompile(`\d{1,3}(?:\.\d{1,3}){3}`)
		example = regexp.MustCompile(`(^|\.)(example(\.(org|com|net))?|invalid)$`)
		ranges  = []netip.Prefix{
			netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.51.100.0/24"),
			netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("127.0.0.0/8"),
		}
		// of services, for their users to write to; sections and codes
		allowed = []string{"delist@messaging.microsoft.com", "tosa@rx.t-online.de", "contact@brevo.com", "contact@sendinblue.com", "4.1.1.1", "4.16.55.1", "4.5.3.1", "example@example..com"}
	)
	for _, name := range []string{knownFile, heldFile} {
		for i, s := range entries(t, name) {
			for _, found := range mailbox.FindAllStringSubmatch(s.reply(), -1) {
				if !example.MatchString(strings.ToLower(found[1])) && !slices.Contains(allowed, found[0]) {
					t.Errorf("%s, line %d: the address %s", name, i+1, found[0])
				}
			}
			for _, found := range dotted.FindAllString(s.reply(), -1) {
				address, err := netip.ParseAddr(found)
				if err == nil && !slices.Contains(allowed, found) &&
					!slices.ContainsFunc(ranges, func(p netip.Prefix) bool { return p.Contains(address) }) {
					t.Errorf("%s, line %d: the address %s", name, i+1, found)
				}
			}
		}
	}
}

// If this fails, a reply is in the corpus twice, in the wrong one of its two files,
// or out of order.
func TestEverySampleHasOnePlace(t *testing.T) {
	seen := map[string]string{}
	for _, name := range []string{knownFile, heldFile} {
		read := entries(t, name)
		order := func(a, b entry) int {
			return slices.Compare(
				[]string{strings.ToLower(a.From), string(rune('0' + slices.Index(conversation, a.Stage))), a.Text + string(a.Bytes)},
				[]string{strings.ToLower(b.From), string(rune('0' + slices.Index(conversation, b.Stage))), b.Text + string(b.Bytes)})
		}
		if !slices.IsSortedFunc(read, order) {
			t.Errorf("%s: not sorted by from, stage and text", name)
		}
		for i, s := range read {
			key := s.Stage + " " + s.reply()
			if other, twice := seen[key]; twice {
				t.Errorf("%s, line %d: also from %s: %.80q", name, i+1, other, key)
			}
			seen[key] = s.From
			if aside := sha256.Sum256([]byte(s.reply()))[0] < 64; aside != (name == heldFile) {
				t.Errorf("%s, line %d: belongs to the other file: %.80q", name, i+1, s.reply())
			}
		}
	}
	if len(seen) < 450 {
		t.Errorf("the corpus has %d replies", len(seen))
	}
}

// If this fails, a label has no reply that shows what is meant by it.
func TestEveryLabelIsShown(t *testing.T) {
	left := namedLabels(t)
	for _, name := range []string{knownFile, heldFile} {
		for _, s := range entries(t, name) {
			for _, label := range append([]string{s.Label}, s.Also...) {
				delete(left, label)
			}
		}
	}
	for _, label := range slices.Sorted(maps.Keys(left)) {
		t.Errorf("no sample has the label %s", label)
	}
}
