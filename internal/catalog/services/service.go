// Package services knows the mail services that people send through: hosts,
// ports, modes and what they take for a user name and a password. The facts are
// data with their sources, one file for each service in data/.
//
// Nothing here judges settings (that is package rules) or touches the network.
// A fact that only memory vouches for is not a fact: it stays out of data/.
package services

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Category says what kind of service it is.
type Category string

// The categories.
const (
	Sending Category = "sending" // sends for applications
	Mailbox Category = "mailbox" // mailboxes of people
	Hosting Category = "hosting" // mailboxes that come with a domain
	Testing Category = "testing" // takes mail and delivers none
)

// Confidence says who vouches for a fact.
type Confidence string

// The degrees. Rules that stop a plan rest on documented facts alone.
const (
	Documented Confidence = "documented" // the service itself, or the Thunderbird ISPDB
	Secondary  Confidence = "secondary"  // somebody else's documentation or shipped data
)

// Service is one mail service. Its fields are those of the data files.
type Service struct {
	ID         string               `json:"id"` // kebab-case, stable
	Name       string               `json:"name"`
	Category   Category             `json:"category"`
	Hosts      []HostPattern        `json:"hosts"` // the first is the default
	Endpoints  []Endpoint           `json:"endpoints"`
	Mechanisms []settings.Mechanism `json:"mechanisms,omitempty"` // empty where no source lists them

	// PortsComplete reports whether the service's own documentation lists all
	// its ports, so that a port outside of Endpoints is certainly none of them.
	PortsComplete bool     `json:"ports_complete,omitempty"`
	Recommended   Endpoint `json:"recommended"`

	Username       Username       `json:"username"`
	Password       Password       `json:"password,omitzero"`
	PasswordPolicy PasswordPolicy `json:"password_policy"`
	OAuth2         OAuth2Policy   `json:"oauth2"`
	AuthConfidence Confidence     `json:"auth_confidence"` // of PasswordPolicy and OAuth2

	// RefusesLiterals reports whether the service refuses clients whose EHLO gives an
	// address in brackets or localhost.
	RefusesLiterals bool `json:"refuses_literals,omitempty"`

	// AfterData is what the service decides only when it has the whole message; ""
	// where nothing is known of it.
	AfterData string `json:"after_data,omitempty"`

	OtherHosts []OtherHost `json:"other_hosts,omitempty"`
	Page       string      `json:"page,omitempty"` // the service's own page about its SMTP settings
	Sources    []string    `json:"sources"`
	AsOf       string      `json:"as_of"` // date of the newest source: YYYY-MM or YYYY-MM-DD
	Notes      []string    `json:"notes,omitempty"`
}

// HostPattern is the name of a submission host. A {placeholder} in it stands for
// one or more characters of a label.
type HostPattern struct {
	Name       string            `json:"name"`
	Options    map[string]string `json:"options,omitempty"` // what chooses this host, such as region = "eu"
	Values     []string          `json:"values,omitempty"`  // known values of the placeholder
	Confidence Confidence        `json:"confidence"`
}

// Endpoint is a port with the mode that it speaks.
type Endpoint struct {
	Port       int              `json:"port"`
	TLSMode    settings.TLSMode `json:"tls_mode"`
	Confidence Confidence       `json:"confidence"`
}

// UsernameKind says what a service takes for a user name.
type UsernameKind string

// The kinds.
const (
	UsernameEmail     UsernameKind = "email"            // a full address
	UsernameLocalPart UsernameKind = "local-part"       // what stands before @
	UsernameFixed     UsernameKind = "fixed"            // the same word for everybody
	UsernameSame      UsernameKind = "same-as-password" // the token, once more
	UsernameGenerated UsernameKind = "generated"        // what the service made up
	UsernameAny       UsernameKind = "any"              // anything
	UsernameNone      UsernameKind = "none"             // there is no login
)

// Username is the convention for user names.
type Username struct {
	Kind       UsernameKind `json:"kind"`
	Value      string       `json:"value,omitempty"`   // the word, for [UsernameFixed]
	Pattern    string       `json:"pattern,omitempty"` // all accepted forms (RE2), where Value or Kind is not the whole truth
	Optional   bool         `json:"optional,omitempty"`
	Example    string       `json:"example,omitempty"` // HCL of one, where another provider has it
	Hint       string       `json:"hint"`
	Confidence Confidence   `json:"confidence"`

	form *regexp.Regexp
}

// HCL is an expression of a user name.
func (u Username) HCL() string {
	switch {
	case u.Kind == UsernameFixed:
		return strconv.Quote(u.Value)
	case u.Example != "":
		return u.Example
	case u.Kind == UsernameEmail:
		return `"robot@example.com"`
	case u.Kind == UsernameLocalPart:
		return `"robot"`
	}
	return "var.smtp_username"
}

// Fits reports whether a user name has the form of the convention, as far as
// its form is known.
func (u Username) Fits(name string) bool {
	switch {
	case u.form != nil:
		return u.form.MatchString(name)
	case u.Kind == UsernameFixed:
		return name == u.Value
	case u.Kind == UsernameEmail:
		local, domain, found := strings.Cut(name, "@")
		return found && local != "" && domain != ""
	}
	return true
}

// PasswordKind says what a service takes for a password.
type PasswordKind string

// The kinds.
const (
	PasswordAccount      PasswordKind = "account"       // that of the mailbox
	PasswordApp          PasswordKind = "app-password"  // one made for this purpose
	PasswordAPIKey       PasswordKind = "api-key"       // an API key or token
	PasswordSMTP         PasswordKind = "smtp-password" // one that comes with an SMTP user
	PasswordClientSecret PasswordKind = "client-secret" // that of an OAuth2 application
)

// Password is the convention for passwords.
type Password struct {
	Kind       PasswordKind  `json:"kind"`
	Prefix     string        `json:"prefix,omitempty"`  // how every one begins
	Pattern    string        `json:"pattern,omitempty"` // what every one looks like (RE2), white space left out
	Others     []OtherSecret `json:"others,omitempty"`  // what people put in its place
	Example    string        `json:"example,omitempty"` // HCL of one, where another provider has it
	Hint       string        `json:"hint"`
	Confidence Confidence    `json:"confidence"`

	form *regexp.Regexp
}

// HCL is an expression of a password.
func (p Password) HCL() string { return cmp.Or(p.Example, "var.smtp_password") }

// OtherSecret is another secret of the same service, which SMTP does not take.
type OtherSecret struct {
	Pattern string `json:"pattern"` // what every one looks like (RE2)
	Is      string `json:"is"`      // such as "an API key"

	form *regexp.Regexp
}

// Looks returns which other secret of the service a password has the form of,
// or "".
func (p Password) Looks(password string) string {
	for _, o := range p.Others {
		if o.form.MatchString(password) {
			return o.Is
		}
	}
	return ""
}

// Fits reports whether a password has the form that the service gives its
// passwords, as far as that is known. White space is left out: services show
// some of them in groups.
func (p Password) Fits(password string) bool {
	if p.Looks(password) != "" {
		return false
	}
	if p.form == nil {
		return strings.HasPrefix(password, p.Prefix)
	}
	return p.form.MatchString(strings.Join(strings.Fields(password), ""))
}

// PasswordPolicy says whether a service still takes passwords.
type PasswordPolicy string

// The policies.
const (
	PasswordAccepted  PasswordPolicy = "accepted"
	PasswordWithdrawn PasswordPolicy = "withdrawn" // still taken here and there, being switched off
	PasswordRefused   PasswordPolicy = "refused"
)

// OAuth2Policy says what a service does with OAuth2 access tokens.
type OAuth2Policy string

// The policies.
const (
	OAuth2None      OAuth2Policy = "none" // no source speaks of it
	OAuth2Supported OAuth2Policy = "supported"
	OAuth2Required  OAuth2Policy = "required"
)

// Role says what a host of a service is for, other than submission.
type Role string

// The roles.
const (
	RoleMX       Role = "mx"       // takes mail from other servers
	RoleIncoming Role = "incoming" // IMAP or POP3
	RoleWeb      Role = "web"      // web interface or HTTPS API
	RoleFormer   Role = "former"   // a submission host of earlier times
	RoleWrong    Role = "wrong"    // no host of the service at all, though people write it
)

// OtherHost is a name that people mistake for the submission host.
type OtherHost struct {
	Name       string     `json:"name"` // may hold a {placeholder}
	Role       Role       `json:"role"`
	Use        string     `json:"use"` // the submission host in its place
	Confidence Confidence `json:"confidence"`
	Source     string     `json:"source"`
}

// Offers returns the mechanisms that the service takes for credentials of a kind,
// or nil where no source lists them.
func (s Service) Offers(auth settings.Auth) []settings.Mechanism {
	var offers []settings.Mechanism
	for _, m := range s.Mechanisms {
		if settings.CredentialOf(m) == auth {
			offers = append(offers, m)
		}
	}
	return offers
}

// AllOffers returns what the services take for credentials of a kind, each set
// once.
func AllOffers(auth settings.Auth) [][]settings.Mechanism {
	var all [][]settings.Mechanism
	for _, s := range All() {
		offers := s.Offers(auth)
		if len(offers) > 0 && !slices.ContainsFunc(all, func(o []settings.Mechanism) bool { return slices.Equal(o, offers) }) {
			all = append(all, offers)
		}
	}
	return all
}

// On returns what is known of a port: mostly one endpoint, none where the port
// is not listed, two where it speaks two modes.
func (s Service) On(port int) []Endpoint {
	var found []Endpoint
	for _, e := range s.Endpoints {
		if e.Port == port {
			found = append(found, e)
		}
	}
	return found
}

// Speaks reports whether a port is known to speak a mode.
func (s Service) Speaks(port int, mode settings.TLSMode) bool {
	return slices.ContainsFunc(s.On(port), func(e Endpoint) bool { return e.TLSMode == mode })
}

// RequiresLogin reports whether the service takes no mail without a login.
func (s Service) RequiresLogin() bool {
	return s.Username.Kind != UsernameNone && !s.Username.Optional
}
