package settings

// Mechanism is the name of a SASL mechanism as servers list it.
type Mechanism string

// The mechanisms that auth_mechanism takes.
const (
	Plain           Mechanism = "PLAIN"
	Login           Mechanism = "LOGIN"
	CRAMMD5         Mechanism = "CRAM-MD5"
	ScramSHA1       Mechanism = "SCRAM-SHA-1"
	ScramSHA256     Mechanism = "SCRAM-SHA-256"
	ScramSHA512     Mechanism = "SCRAM-SHA-512"
	ScramSHA1Plus   Mechanism = "SCRAM-SHA-1-PLUS"
	ScramSHA256Plus Mechanism = "SCRAM-SHA-256-PLUS"
	ScramSHA512Plus Mechanism = "SCRAM-SHA-512-PLUS"
	XOAuth2         Mechanism = "XOAUTH2"
	OAuthBearer     Mechanism = "OAUTHBEARER"
	NTLM            Mechanism = "NTLM"
	External        Mechanism = "EXTERNAL"
)

// Traits are what a mechanism does with credentials.
type Traits struct {
	Name       Mechanism
	Credential Auth // the kind that it sends; EXTERNAL sends none: the client certificate says who it is
	Challenges bool // answers a challenge, so that the password itself is not sent
	Binds      bool // ties the login to the TLS connection (RFC 5802 section 6)
	Prepares   bool // sends user name and password through SASLprep (RFC 4013)
}

// mechanisms are in order of preference under verified TLS. CRAM-MD5 and NTLM stand
// last among those for passwords: servers list them without having a secret to check,
// and there is no second try. A mechanism takes a line here, and one among the
// constructors of package auth.
var mechanisms = []Traits{
	{Name: ScramSHA512Plus, Credential: AuthPassword, Challenges: true, Binds: true, Prepares: true},
	{Name: ScramSHA256Plus, Credential: AuthPassword, Challenges: true, Binds: true, Prepares: true},
	{Name: ScramSHA1Plus, Credential: AuthPassword, Challenges: true, Binds: true, Prepares: true},
	{Name: ScramSHA512, Credential: AuthPassword, Challenges: true, Prepares: true},
	{Name: ScramSHA256, Credential: AuthPassword, Challenges: true, Prepares: true},
	{Name: ScramSHA1, Credential: AuthPassword, Challenges: true, Prepares: true},
	{Name: Plain, Credential: AuthPassword},
	{Name: Login, Credential: AuthPassword},
	{Name: CRAMMD5, Credential: AuthPassword, Challenges: true},
	{Name: NTLM, Credential: AuthPassword, Challenges: true},
	{Name: OAuthBearer, Credential: AuthOAuth2},
	{Name: XOAuth2, Credential: AuthOAuth2},
	{Name: External, Credential: AuthNone},
}

// Mechanisms lists the mechanisms that auth_mechanism takes, the preferred first.
func Mechanisms() []Mechanism {
	names := make([]Mechanism, 0, len(mechanisms))
	for _, m := range mechanisms {
		names = append(names, m.Name)
	}
	return names
}

// TraitsOf returns what a mechanism does; an unknown one has no traits.
func TraitsOf(name Mechanism) Traits {
	for _, m := range mechanisms {
		if m.Name == name {
			return m
		}
	}
	return Traits{Name: name, Credential: AuthNone}
}

// CredentialOf returns the kind of credentials that a mechanism sends.
func CredentialOf(name Mechanism) Auth { return TraitsOf(name).Credential }
