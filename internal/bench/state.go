package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// stateParts are the outputs of a connection, by what they are for. The other
// attributes are arguments.
var stateParts = []struct {
	what       string
	attributes []string
}{
	{"what the check saw of TLS", []string{"tls_session"}},
	{"what the check saw of the server", []string{"server_info", "server_reply"}},
	{"whether, when and how it was verified", []string{"verified", "verified_at", "auth_mechanism_used"}},
	{"settings, for modules and functions", []string{"settings"}},
	{"the words of clients, URL and address", []string{"client_options", "clients", "url", "address"}},
}

// stateHolds shows where the bytes of a resource go in a state.
func stateHolds(state []byte) (block, error) {
	var read struct {
		Resources []struct {
			Instances []struct {
				Attributes map[string]json.RawMessage `json:"attributes"`
				Sensitive  json.RawMessage            `json:"sensitive_attributes"`
			} `json:"instances"`
		} `json:"resources"`
	}
	if err := json.Unmarshal(state, &read); err != nil {
		return block{}, err
	}
	if len(read.Resources) != 1 || len(read.Resources[0].Instances) == 0 {
		return block{}, fmt.Errorf("the state has not one resource")
	}
	instance := read.Resources[0].Instances[0]
	table := block{
		title:   "What the state of a connection holds",
		text:    "Bytes as Terraform writes them, indented: of one connection of those above.",
		columns: []string{"what", "attributes", "bytes"},
	}
	add := func(what string, attributes []string) {
		size := 0
		for _, name := range attributes {
			size += indented(name, instance.Attributes[name])
			delete(instance.Attributes, name)
		}
		table.rows = append(table.rows, []string{what, fmt.Sprint(len(attributes)), fmt.Sprint(size)})
	}
	for _, part := range stateParts {
		add(part.what, slices.DeleteFunc(slices.Clone(part.attributes), func(name string) bool { return instance.Attributes[name] == nil }))
	}
	add("the private authority", []string{"ca_cert_pem"})
	var null, given []string
	for name, value := range instance.Attributes {
		if string(value) == "null" {
			null = append(null, name)
		} else {
			given = append(given, name)
		}
	}
	add("other arguments that are set", given)
	add("arguments that are null", null)
	table.rows = append(table.rows, []string{"Terraform's marks of sensitive attributes", "", fmt.Sprint(indented("sensitive_attributes", instance.Sensitive))})
	return table, nil
}

// indented is the length of an attribute as it stands in a state file.
func indented(name string, value json.RawMessage) int {
	var out bytes.Buffer
	if json.Indent(&out, value, strings.Repeat(" ", 12), "  ") != nil {
		return 0
	}
	return len(fmt.Sprintf("            %q: %s,\n", name, out.Bytes()))
}
