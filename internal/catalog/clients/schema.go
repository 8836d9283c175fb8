package clients

import (
	"maps"
	"slices"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Schema is what the resource of another Terraform provider takes, recorded from
// that provider: all arguments that it requires, and those that are emitted.
type Schema struct {
	Provider string `json:"provider"` // namespace and type
	Version  string `json:"version"`  // the release or commit that it was recorded from
	Resource string `json:"resource"`

	// At is where in the resource the settings stand, block by block. Empty, they
	// are its own arguments.
	At        []string            `json:"at"`
	Arguments map[string]Argument `json:"arguments"`
}

// Argument is one argument of a resource.
type Argument struct {
	Type      Type                `json:"type"`
	Nesting   string              `json:"nesting"`   // of an object or block: single, list, set or map
	Max       int                 `json:"max"`       // of a block: how many there may be
	Arguments map[string]Argument `json:"arguments"` // of an object or block
	Required  bool                `json:"required"`
	Sensitive bool                `json:"sensitive"`
	WriteOnly bool                `json:"write_only"`
}

// Type is the type of an argument.
type Type string

// The types. A block and an object differ in how HCL writes them.
const (
	Text     Type = "string"
	Number   Type = "number"
	Bool     Type = "bool"
	JSONText Type = "json" // a text that holds JSON: jsonencode of the object that is emitted
	Nested   Type = "object"
	Block    Type = "block"
	TextMap  Type = "map"  // of texts
	TextList Type = "list" // of texts
	TextSet  Type = "set"  // of texts
)

// place returns the argument that a flat name stands for, or the one that it is
// a part of, as a key inside JSON is.
func (s Schema) place(name string) (Argument, bool) {
	arguments, found := s.Arguments, Argument{}
	for _, part := range append(slices.Clone(s.At), strings.Split(name, ".")...) {
		next, ok := arguments[part]
		if !ok {
			if len(found.Arguments) == 0 && found.Type != "" || isIndex(part) {
				continue // inside JSON, or an element of a list
			}
			return Argument{}, false
		}
		found, arguments = next, next.Arguments
	}
	return found, found.Type != ""
}

func isIndex(part string) bool { return strings.Trim(part, "0123456789") == "" }

// stored says that a resource keeps the secret in its state, though the
// connection was given it in a way that keeps it out.
func (c Client) stored(conn Connection) []*finding.Error {
	if !conn.Unstored || c.Schema == nil {
		return nil
	}
	writeOnly := c.Secrets()
	for _, name := range slices.Sorted(maps.Keys(writeOnly)) {
		if !writeOnly[name] && conn.Auth != settings.AuthNone {
			return []*finding.Error{{Code: "client-stores-secret", Facts: finding.Facts{
				"client": c.Name, "id": c.ID, "setting": name, "resource": c.Schema.Resource,
			}}}
		}
	}
	return nil
}

// Secrets returns the names of the settings of a Terraform resource that hold a
// password or token, and whether each is write-only.
func (c Client) Secrets() map[string]bool {
	writeOnly := map[string]bool{}
	if c.Schema == nil {
		return writeOnly
	}
	for auth := range c.Auth {
		for name, value := range Object(c.Auth[auth]).Flat() {
			text, _ := value.(string)
			if argument, ok := c.Schema.place(name); ok && holdsSecret(text) {
				writeOnly[name] = argument.WriteOnly
			}
		}
	}
	return writeOnly
}

// holdsSecret reports whether a text of a template holds more than a user name.
func holdsSecret(text string) bool {
	for _, match := range placeholder.FindAllStringSubmatch(text, -1) {
		if isCredential(match[1]) && match[1] != "username" {
			return true
		}
	}
	return false
}
