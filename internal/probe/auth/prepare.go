package auth

import (
	"slices"
	"strings"

	"github.com/xdg-go/stringprep"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// prepared is what SASLprep (RFC 4013) does to credentials: it refuses some
// characters and replaces others, such as ½, ² and the no-break space. Servers that
// keep a password as it was typed then compare it with another one.
type prepared struct{ refused, changed []string } // names of arguments

func prepare(c Credentials) prepared {
	var p prepared
	for _, part := range [][2]string{{"username", c.Username}, {"password", c.Password.Reveal()}} {
		switch text, err := stringprep.SASLprep.Prepare(part[1]); {
		case err != nil:
			p.refused = append(p.refused, part[0])
		case text != part[1]:
			p.changed = append(p.changed, part[0])
		}
	}
	return p
}

// carries reports whether a mechanism sends the credentials as they were typed.
func carries(m settings.Mechanism, c Credentials) bool {
	p := prepare(c)
	return !settings.TraitsOf(m).Prepares || len(p.refused)+len(p.changed) == 0
}

// addOthers adds what else the server offers for these credentials, the best as "instead".
func addOthers(facts finding.Facts, m settings.Mechanism, offered []string, c Credentials, ch Channel) {
	others := slices.DeleteFunc(possible(offered, c, ch), func(other settings.Mechanism) bool {
		return other == m || !carries(other, c)
	})
	if len(others) > 0 {
		facts["others"], facts["instead"] = joined(others), string(others[0])
	}
}

// addPrepared adds what SASLprep changed in a login that the server refused.
func addPrepared(facts finding.Facts, m settings.Mechanism, c Credentials) {
	if p := prepare(c); settings.TraitsOf(m).Prepares && len(p.changed) > 0 {
		facts["prepared"] = strings.Join(p.changed, " and ")
	}
}
