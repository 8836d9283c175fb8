package settings

// TLSMode says when TLS starts, in the words of RFC 8314.
type TLSMode string

// The modes.
const (
	Implicit TLSMode = "implicit" // TLS from the first byte (RFC 8314 section 3)
	StartTLS TLSMode = "starttls" // TLS is demanded by the STARTTLS command (RFC 3207)
	NoTLS    TLSMode = "none"     // clear text; STARTTLS is never sent
)

// TLSModes lists the modes in the order in which they are recommended.
var TLSModes = []TLSMode{Implicit, StartTLS, NoTLS}

// The ports that speak TLS from the first byte (465: RFC 8314; 2465: Amazon SES),
// those that are defaults for a mode, and those that the same services offer in
// the other mode.
var (
	implicitPorts = map[int]bool{465: true, 2465: true}
	defaultPort   = map[TLSMode]int{Implicit: 465, StartTLS: 587}
	counterparts  = map[int]int{465: 587, 587: 465, 2465: 2587, 2587: 2465}
)

// IsImplicitPort reports whether the port speaks TLS from the first byte by
// standard (465) or by wide use (2465).
func IsImplicitPort(port int) bool { return implicitPorts[port] }

// Counterpart returns the port that the same services offer in the other mode.
func Counterpart(port int) (other int, ok bool) {
	other, ok = counterparts[port]
	return other, ok
}

// Contradicts reports whether a port is known for another mode than the given
// one.
func Contradicts(port int, mode TLSMode) bool {
	_, known := counterparts[port]
	return known && IsImplicitPort(port) != (mode == Implicit)
}

// ModeOfPort returns the mode that a port implies: implicit on 465 and 2465,
// else starttls.
func ModeOfPort(port int) TLSMode {
	if implicitPorts[port] {
		return Implicit
	}
	return StartTLS
}

// ClientOptions are the three families of words that libraries use for a mode.
type ClientOptions struct {
	SSLTLSNone      string // SSL, TLS or none
	TLSStartTLSNone string // TLS, STARTTLS or none
	Secure          bool   // true means TLS from the first byte
}

var clientOptions = map[TLSMode]ClientOptions{
	Implicit: {"SSL", "TLS", true},
	StartTLS: {"TLS", "STARTTLS", false},
	NoTLS:    {"none", "none", false},
}

// ClientOptions returns the mode in the words of the three families.
func (m TLSMode) ClientOptions() ClientOptions { return clientOptions[m] }

// Verify says how far the check of a connection goes.
type Verify string

// The depths, each including those before it.
const (
	VerifyNone      Verify = "none"      // contact nothing
	VerifyHandshake Verify = "handshake" // greeting, EHLO, TLS, certificate
	VerifyAuth      Verify = "auth"      // and one login
	VerifyEnvelope  Verify = "envelope"  // and MAIL FROM, RCPT TO, RSET; no message
	VerifyMessage   Verify = "message"   // and one test message in place of RSET
)

// Verifies lists the depths, shallow first.
var Verifies = []Verify{VerifyNone, VerifyHandshake, VerifyAuth, VerifyEnvelope, VerifyMessage}

// Reaches reports whether a check of depth v includes depth d.
func (v Verify) Reaches(d Verify) bool { return depth(v) >= depth(d) }

func depth(v Verify) int {
	for i, candidate := range Verifies {
		if candidate == v {
			return i
		}
	}
	return 0
}

// TLSVersions lists what tls_min_version takes.
var TLSVersions = []string{"1.2", "1.3"}
