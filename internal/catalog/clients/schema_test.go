package clients

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// If this fails, what is emitted for a resource of another provider is refused by
// it: an argument that it does not have, another type, or a required one that is
// missing and not said to be.
func TestEmittedSettingsFitTheSchema(t *testing.T) {
	for _, c := range All() {
		if (c.Schema != nil) != (c.Category == Terraform) {
			t.Errorf("%s: category %q, schema %t", c.ID, c.Category, c.Schema != nil)
		}
		if c.Schema == nil {
			continue
		}
		t.Run(c.ID, func(t *testing.T) {
			if c.Schema.Provider == "" || c.Schema.Version == "" || c.Schema.Resource == "" {
				t.Errorf("schema of %q %q %q", c.Schema.Provider, c.Schema.Version, c.Schema.Resource)
			}
			tried := 0
			for _, mode := range settings.TLSModes {
				for auth := range unusable {
					for _, from := range []string{"", "robot@example.org"} {
						for port := range slices.Values([]int{25, 465, 587, 2525}) {
							conn := goldenConnection(mode, auth)
							conn.Port, conn.From = port, from
							if !c.able(conn) {
								continue
							}
							tried++
							for _, wrong := range c.misfits(conn) {
								t.Errorf("%s, %d, auth %s, from %q: %s", mode, port, auth, from, wrong)
							}
						}
					}
				}
			}
			for name, demand := range goldenDemands {
				for _, mode := range settings.TLSModes {
					conn := goldenConnection(mode, settings.AuthPassword)
					demand(&conn)
					if c.able(conn) {
						for _, wrong := range c.misfits(conn) {
							t.Errorf("%s, %s: %s", name, mode, wrong)
						}
					}
				}
			}
			if tried == 0 {
				t.Error("no connection can be expressed")
			}
		})
	}
}

// misfits holds all that a connection becomes, secrets included, against the
// schema.
func (c Client) misfits(conn Connection) []string {
	w := words{plain: conn.plain(), later: map[string]bool{}}
	w.plain["username"], w.plain["password"], w.plain["token"] = "robot", "hunter2", "token"
	whole := c.template(conn).render(w)
	arguments, wrong := c.Schema.Arguments, []string{}
	for i, part := range c.Schema.At {
		wrong = append(wrong, c.missing(arguments, map[string]any{part: true}, "")...)
		inner, ok := arguments[part]
		if !ok {
			return append(wrong, fmt.Sprintf("there is no %s", strings.Join(c.Schema.At[:i+1], ".")))
		}
		arguments = inner.Arguments
	}
	return append(wrong, c.misfit(arguments, whole, "")...)
}

func (c Client) misfit(arguments map[string]Argument, object map[string]any, prefix string) []string {
	wrong := c.missing(arguments, object, prefix)
	for name, value := range object {
		argument, ok := arguments[name]
		if !ok {
			wrong = append(wrong, "there is no argument "+prefix+name)
			continue
		}
		wrong = append(wrong, c.misfitValue(argument, value, prefix+name)...)
	}
	return wrong
}

// missing names the required arguments that are neither there nor said to be
// needed beside.
func (c Client) missing(arguments map[string]Argument, object map[string]any, prefix string) []string {
	var wrong []string
	for name, argument := range arguments {
		if _, given := object[name]; argument.Required && !given && !slices.Contains(c.AlsoNeeds, prefix+name) {
			wrong = append(wrong, prefix+name+" is required, and neither emitted nor in also_needs")
		}
	}
	return wrong
}

func (c Client) misfitValue(a Argument, value any, name string) []string {
	fits := false
	switch v := value.(type) {
	case string:
		fits = a.Type == Text
	case int64:
		fits = a.Type == Number
	case bool:
		fits = a.Type == Bool
	case Object:
		switch {
		case a.Type == JSONText || a.Type == TextMap:
			fits = true
		case a.Type == Block || a.Type == Nested && a.Nesting == "single":
			return c.misfit(a.Arguments, v, name+".")
		}
	case List:
		switch {
		case a.Type == TextList || a.Type == TextSet || a.Type == JSONText:
			fits = true
		case a.Type == Nested && (a.Nesting == "list" || a.Nesting == "set"), a.Type == Block && a.Max != 1:
			var wrong []string
			for _, element := range v {
				inner, _ := element.(Object)
				wrong = append(wrong, c.misfit(a.Arguments, inner, name+"[].")...)
			}
			return wrong
		}
	}
	if fits {
		return nil
	}
	return []string{fmt.Sprintf("%s is %T, and the argument %s %s", name, value, a.Type, a.Nesting)}
}
