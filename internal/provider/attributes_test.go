package provider

import "testing"

// If this fails, an attribute of a shape that nobody wrote a schema for is missing in
// silence.
func TestUnhandledShapes(t *testing.T) {
	for name, build := range map[string]func(){
		"a shape that doesn't exist":   func() { attribute{name: "x", shape: 99}.forms() },
		"a list of objects alone":      func() { resourceAttributes([]attribute{{name: "x", kinds: inResource, shape: objectList}}) },
		"a list of objects in another": func() { ephemeralAttributes([]attribute{{name: "x", kinds: inEphemeral, shape: objectList}}) },
		"a field of such a shape": func() {
			resourceAttributes([]attribute{{name: "x", kinds: inResource, shape: object, fields: []attribute{
				{name: "y", kinds: inResource, shape: objectList},
			}}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("it is left out")
				}
			}()
			build()
		})
	}
}
