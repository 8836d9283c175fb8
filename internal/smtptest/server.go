package smtptest

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Config says what a well-behaved server offers, and which logins and clients it accepts.
type Config struct {
	Mode        settings.TLSMode
	Certificate tls.Certificate
	MinVersion  uint16         // as in [tls.Config]; TLS 1.0 where only MaxVersion is set
	MaxVersion  uint16         // as in [tls.Config]
	ClientCAs   *x509.CertPool // where set, clients must show a certificate of these
	// CloseOnClients closes the connection of a client whose certificate is missing or
	// not issued by ClientCAs, instead of an alert; ResetOnClients resets it.
	CloseOnClients, ResetOnClients bool

	Name       string // the server's name in its greeting; mail.example.test where empty
	Mechanisms []settings.Mechanism
	// AuthBeforeTLS offers and accepts the mechanisms without TLS too.
	AuthBeforeTLS bool
	Users         map[string]string // username to password
	Tokens        map[string]string // username to access token, for XOAUTH2 and OAUTHBEARER
	Refusal       string            // the reply line to wrong credentials; 535 5.7.8 where empty
	// HangUpAtLogin ends the connection instead of the verdict on a login.
	HangUpAtLogin bool

	GreetingDelay time.Duration
	// GreetPause answers 554 to clients that speak before the greeting, and
	// DropEarlyTalkers hangs up on them. Either waits at least 100 ms for it.
	GreetPause       bool
	DropEarlyTalkers bool
	Greeting         string // the whole greeting line; after 554 the server only obeys QUIT

	NoStartTLS bool              // mode starttls without the extension
	Size       int64             // octets, announced where positive (RFC 1870)
	SMTPUTF8   bool              // RFC 6531
	RejectFrom map[string]string // sender's address to the reply line
	RejectRcpt map[string]string // recipient's address to the reply line

	Chunking     bool   // RFC 3030
	MessageReply string // the reply line to each message; 250 2.0.0 where empty
	// HangUpAtMessage ends the connection instead of the reply to a message.
	HangUpAtMessage bool
}

// Login is one finished AUTH exchange.
type Login struct {
	Mechanism string
	Username  string
	OK        bool
	InClear   bool // without TLS
}

// Record is what a server saw of its clients.
type Record struct {
	Connections  int
	Handshakes   int      // finished TLS handshakes
	ServerNames  []string // of each finished handshake: the name asked for (SNI), or ""
	Commands     []string // whole command lines, those of AUTH too; no SASL responses
	Logins       []Login
	AuthCommands int
	// CredentialInClear reports whether a SASL response came without TLS, also
	// one that came with a refused AUTH command.
	CredentialInClear bool
	Mails             []string // addresses of accepted MAIL commands
	Rcpts             []string // addresses of accepted RCPT commands
	Data              int      // messages received to their end
	Messages          []string // as they were sent, dots unstuffed
}

// Server is a well-behaved submission server (RFC 5321, RFC 3207, RFC 4954).
type Server struct {
	*acceptor
	cfg Config

	mu     sync.Mutex
	record Record
}

// Serve serves the listener in the background, and owns it from now on.
func Serve(ln net.Listener, cfg Config) *Server {
	if cfg.Name == "" {
		cfg.Name = "mail.example.test"
	}
	if cfg.Refusal == "" {
		cfg.Refusal = "535 5.7.8 Authentication credentials invalid"
	}
	s := &Server{cfg: cfg}
	s.acceptor = accept(ln, func(conn net.Conn) {
		s.note(func(r *Record) { r.Connections++ })
		newSession(s, conn).run()
	})
	return s
}

// Start serves a free port of 127.0.0.1.
func Start(cfg Config) (*Server, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	return Serve(ln, cfg), nil
}

// Port returns the port listened on.
func (s *Server) Port() int {
	addr, err := netip.ParseAddrPort(s.Addr().String())
	if err != nil {
		return 0
	}
	return int(addr.Port())
}

// Record returns a copy of what the server saw until now.
func (s *Server) Record() Record {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.record
	r.ServerNames = slices.Clone(r.ServerNames)
	r.Commands = slices.Clone(r.Commands)
	r.Logins = slices.Clone(r.Logins)
	r.Mails = slices.Clone(r.Mails)
	r.Rcpts = slices.Clone(r.Rcpts)
	r.Messages = slices.Clone(r.Messages)
	return r
}

func (s *Server) note(change func(*Record)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.record)
}

func (s *Server) tlsConfig(under net.Conn) *tls.Config {
	cfg := &tls.Config{
		Certificates: []tls.Certificate{s.cfg.Certificate},
		MinVersion:   s.cfg.MinVersion,
		MaxVersion:   s.cfg.MaxVersion,
	}
	if cfg.MinVersion == 0 && cfg.MaxVersion != 0 {
		cfg.MinVersion = tls.VersionTLS10
	}
	if s.cfg.ClientCAs != nil {
		cfg.ClientCAs = s.cfg.ClientCAs
		cfg.ClientAuth = tls.RequireAndVerifyClientCert
	}
	if s.cfg.CloseOnClients || s.cfg.ResetOnClients {
		cfg.ClientAuth = tls.RequestClientCert
		cfg.VerifyConnection = func(state tls.ConnectionState) error {
			if len(state.PeerCertificates) > 0 {
				known := x509.VerifyOptions{Roots: s.cfg.ClientCAs, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}}
				if _, err := state.PeerCertificates[0].Verify(known); err == nil {
					return nil
				}
			}
			if conn, ok := under.(interface{ SetLinger(int) error }); ok && s.cfg.ResetOnClients {
				_ = conn.SetLinger(0) // then Close resets
			}
			return under.Close() // TLS finds it closed
		}
	}
	return cfg
}
