// Package snippets holds a wrong and a right configuration for each rule: what
// the guide to findings shows is what the tests of package rules run. Nothing
// but data enters here.
package snippets

import (
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// Snippet is the arguments of a resource smtp_connection, one on each line, in
// a form that has exactly one finding and in one that has none.
type Snippet struct {
	Code         finding.Code
	Wrong, Right string
}

var byFamily = [][]Snippet{hostSnippets, nameSnippets, portSnippets, tlsSnippets, pemSnippets,
	authSnippets, secretSnippets, valueSnippets, serviceSnippets, clientSnippets}

// Lookup returns the snippet for a code.
func Lookup(code finding.Code) (Snippet, bool) {
	for _, family := range byFamily {
		for _, s := range family {
			if s.Code == code {
				return s, true
			}
		}
	}
	return Snippet{}, false
}

// login is what a configuration needs for a login to be checked.
const login = `
username            = "robot"
password_wo         = var.smtp_password
password_wo_version = 1`
