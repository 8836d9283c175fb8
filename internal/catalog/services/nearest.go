package services

import (
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/nearest"
)

// Nearest returns the submission host that a name is most likely a typo of, and how
// many slips away it is. It answers only if the name can hardly be anything else: one
// label differs, and by a letter or two. Names one letter
// apart that different people own (ymail and gmail), further hosts of the same
// owner (smtp2) and names as near to two known hosts get no answer. A host with
// a region that isn't known may be a slip of one that is.
func Nearest(host string) (known string, distance int, ok bool) {
	name := fold(host)
	if _, _, other := Mistaken(name); other {
		return "", 0, false
	}
	best := 3
	for _, candidate := range load().known {
		if candidate == name {
			return "", 0, false
		}
		switch d := slips(name, candidate); {
		case d == 0 || d > best:
		case d < best:
			known, best, ok = candidate, d, true
		default:
			ok = ok && candidate == known
		}
	}
	if !ok {
		return "", 0, false
	}
	return known, best, true
}

// SameDomain reports whether two names are under one registrable domain, so that only
// its owner can have either.
func SameDomain(a, b string) bool { return registrable(fold(a)) == registrable(fold(b)) }

// registrable returns the part of a name that somebody registered.
func registrable(name string) string {
	labels := strings.Split(name, ".")
	return strings.Join(labels[max(0, len(labels)-suffixLabels(name)-1):], ".")
}

// slips returns the distance between two names if one is plausibly a slip of
// the other, else 0.
func slips(name, known string) int {
	dots, knownDots := strings.Count(name, "."), strings.Count(known, ".")
	if len(name)-dots == len(known)-knownDots && strings.ReplaceAll(name, ".", "") == strings.ReplaceAll(known, ".", "") {
		return 1 // a dot was forgotten or doubled
	}
	if dots != knownDots {
		return 0
	}
	a, b := strings.Split(name, "."), strings.Split(known, ".")
	at := -1
	for i := range a {
		if a[i] != b[i] && at >= 0 {
			return 0
		}
		if a[i] != b[i] {
			at = i
		}
	}
	owned := len(b) - suffixLabels(known) - 1 // the label that somebody registered
	limit := 0
	switch {
	case at > owned:
		limit = suffixLimit(a[at], b[at])
	case at == owned:
		limit = ownedLimit(a[at], b[at])
	case at == 0:
		limit = firstLimit(a[at], b[at])
	default:
		limit = innerLimit(a[at], b[at])
	}
	if d := nearest.Distance(a[at], b[at]); d <= limit {
		return d
	}
	return 0
}

// suffixLabels counts the labels of the suffix under which registries sell
// names. Suffixes that a company keeps for its customers don't count.
func suffixLabels(name string) int {
	for {
		suffix, public := publicsuffix.PublicSuffix(name)
		_, parent, more := strings.Cut(suffix, ".")
		if public || !more {
			return strings.Count(suffix, ".") + 1
		}
		name = parent
	}
}

// suffixLimit allows one slip in a label of the suffix that no registry has.
func suffixLimit(label, known string) int {
	if _, exists := publicsuffix.PublicSuffix(label); exists || len(known) < 3 {
		return 0
	}
	return 1
}

// ownedLimit allows slips in a registered name that is long enough to be
// recognised. The first letter is where neighbouring brands differ.
func ownedLimit(label, known string) int {
	switch {
	case label == "" || label[0] != known[0] || len(known) < 5:
		return 0
	case len(known) < 9:
		return 1
	}
	return 2
}

// firstLimit allows one slip in the name of a machine, but no name that the same
// owner could well have given to another: smtps, asmtp, smtp2, or smtp beside smtps.
func firstLimit(label, known string) int {
	further := strings.HasPrefix(label, known) || strings.HasSuffix(label, known) ||
		strings.HasPrefix(known, label) || strings.HasSuffix(known, label)
	if len(known) < 4 || further || digits(label) != digits(known) {
		return 0
	}
	return 1
}

// innerLimit allows one slip in what stands between, mostly a region. Regions
// differ in their digits and their first letters, so these must be right.
func innerLimit(label, known string) int {
	if len(known) < 6 || len(label) < 3 || label[:3] != known[:3] || digits(label) != digits(known) {
		return 0
	}
	return 1
}

func digits(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
}

// NearestID returns up to three ids that a misspelt one could stand for, nearest
// first.
func NearestID(id string) []string {
	const slips = 3
	all := load().services
	names := make([]catalog.Names, 0, len(all))
	for _, s := range all {
		name := s.Name // and the word in its hosts: office365, amazonaws
		for _, h := range s.Hosts {
			owned, _, _ := strings.Cut(registrable(h.Name), ".")
			name += " " + owned
		}
		names = append(names, catalog.Names{ID: s.ID, Name: name})
	}
	return catalog.Nearest(id, names, slips)
}
