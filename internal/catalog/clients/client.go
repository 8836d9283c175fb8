// Package clients is what the libraries, frameworks and applications that send
// mail call the settings of a connection: for each consumer and TLS mode the
// exact names, types and values, what it can't express, and whether it is as
// strict as it was asked to be. Everything said about a consumer is data, one
// file each; the Go here reads, judges and renders it.
//
// No code that is about a single consumer may enter, and nothing that contacts
// a server.
package clients

import "github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"

// Client is one consumer of a connection.
type Client struct {
	ID           string       `json:"id"` // the file's name
	Name         string       `json:"name"`
	Category     Category     `json:"category"`
	Language     string       `json:"language"` // of a library or framework
	Homepage     string       `json:"homepage"`
	Form         Form         `json:"form"`
	AppliesTo    string       `json:"applies_to"` // releases; empty for all that are in use
	Evidence     Evidence     `json:"evidence"`
	MeasuredWith string       `json:"measured_with"` // releases that were run
	Sources      []string     `json:"sources"`
	Settings     template     `json:"settings"` // in every mode
	Auth         logins       `json:"auth"`     // added for each kind of credentials it takes
	Modes        modes        `json:"modes"`
	Constraints  []Constraint `json:"constraints"`
	Abilities    Abilities    `json:"abilities"`
	Schema       *Schema      `json:"schema"`     // of a Terraform resource
	TLSWords     string       `json:"tls_words"`  // what its words for TLS mean
	AlsoNeeds    []string     `json:"also_needs"` // settings that don't follow from a connection
	Unfit        []Unfit      `json:"credentials_without"`
	Notes        []string     `json:"notes"`
}

// modes and logins hold what is particular to a mode and to a kind of
// credentials. A kind that is not there is one that the client can't use.
type (
	modes  map[settings.TLSMode]Mode
	logins map[settings.Auth]template
)

// template is an object of settings whose texts hold {placeholders}. A value may
// be a list, too.
type template map[string]any

// Mode is what a client does with one TLS mode.
type Mode struct {
	Impossible   string       `json:"impossible"` // why the mode can't be expressed; then nothing else is set
	Settings     template     `json:"settings"`
	Auth         logins       `json:"auth"`
	Enforcement  Enforcement  `json:"enforcement"`
	Verification Verification `json:"certificate_verification"` // empty where there is no TLS
}

// Unfit says which credentials a client can't take. Each one names a single
// obstacle, with its reason.
type Unfit struct {
	Characters string `json:"characters"` // anywhere
	NonASCII   bool   `json:"non_ascii"`  // any character that is not ASCII
	Edges      string `json:"edges"`      // as the first or the last character
	Wrapped    string `json:"wrapped"`    // the same one as the first and the last character
	Longest    int    `json:"longest"`    // more bytes than these
	Reason     string `json:"reason"`
}

// Category is what kind of software a client is.
type Category string

// The categories.
const (
	Library     Category = "library"
	Framework   Category = "framework"
	Application Category = "application"
	Terraform   Category = "terraform" // a resource of another provider
)

// Form is where a client's settings are written.
type Form string

// The forms.
const (
	Environment Form = "environment" // variables; every value is a text
	Properties  Form = "properties"  // a Java properties file; every value is a text
	Options     Form = "options"     // an object in the program's language
	Code        Form = "code"        // arguments of calls; a text may be an expression
	URL         Form = "url"
	Constants   Form = "constants"
	YAML        Form = "yaml"
	JSON        Form = "json"
	Ruby        Form = "ruby"
	PHP         Form = "php"
	File        Form = "file" // a configuration file of its own syntax
	Arguments   Form = "arguments"
	HCL         Form = "hcl"
)

// Evidence is what a client's entry rests on. Memory is no evidence.
type Evidence string

// The grades, best first.
const (
	Measured        Evidence = "measured"         // its own code ran against servers that behave and that don't
	LibraryMeasured Evidence = "library-measured" // the library under it ran, with the options that it sets
	Source          Evidence = "source"           // its source was read
	Documentation   Evidence = "documentation"    // its documentation was read
)

// Enforcement is what a client does about TLS with the settings given to it.
type Enforcement string

// The enforcements.
const (
	Required      Enforcement = "required"      // no TLS, no mail
	Opportunistic Enforcement = "opportunistic" // continues in clear text if STARTTLS is not offered
	Never         Enforcement = "never"         // stays in clear text, as asked
	NotKnown      Enforcement = "unknown"       // no option, and the documentation doesn't say
)

// Verification is what a client does about the server's certificate with the
// settings given to it.
type Verification string

// The verifications.
const (
	Verified       Verification = "verified"   // chain and name
	Unverified     Verification = "unverified" // accepts any certificate, and no option changes that
	UnknownWhether Verification = "unknown"
)
