package smtptest

import (
	"crypto/tls"
	"io"
	"net"
	"strings"
)

// Other names what may answer on a port instead of SMTP.
type Other string

// What may answer.
const (
	SSH         Other = "ssh"
	IMAP        Other = "imap"
	POP3        Other = "pop3"
	HTTP        Other = "http"
	HTTPS       Other = "https"
	AcceptClose Other = "accept-close" // ends every connection at once
	AcceptReset Other = "accept-reset" // resets every connection at once
	Mute        Other = "mute"         // says nothing, keeps connections open
)

// Others lists all.
var Others = []Other{SSH, IMAP, POP3, HTTP, HTTPS, AcceptClose, AcceptReset, Mute}

// scripts says how each behaves. Only [HTTPS] looks at the certificate.
var scripts = map[Other]func(tls.Certificate) *Script{
	SSH: func(tls.Certificate) *Script {
		return NewScript().Send("SSH-2.0-OpenSSH_9.6").firstLine().Send("Invalid SSH identification string.")
	},
	IMAP: func(tls.Certificate) *Script {
		return NewScript().Send("* OK IMAP4rev1 ready").Answer(func(line string) string {
			tag, _, _ := strings.Cut(line, " ")
			return tag + " BAD Error in IMAP command"
		})
	},
	POP3: func(tls.Certificate) *Script {
		return NewScript().Send("+OK POP3 ready").Answer(func(string) string { return "-ERR Unknown command" })
	},
	HTTP:        func(tls.Certificate) *Script { return badRequest(NewScript()) },
	HTTPS:       func(cert tls.Certificate) *Script { return badRequest(NewScript().StartTLS(cert)) },
	AcceptClose: func(tls.Certificate) *Script { return NewScript().Close() },
	AcceptReset: func(tls.Certificate) *Script { return NewScript().Reset() },
	Mute:        func(tls.Certificate) *Script { return NewScript().Silent() },
}

// Respond serves the listener in the background as kind does, and owns it from
// now on. The certificate is for HTTPS alone.
func Respond(ln net.Listener, kind Other, cert tls.Certificate) *ScriptServer {
	return scripts[kind](cert).Serve(ln)
}

func badRequest(s *Script) *Script {
	return s.firstLine().Send("HTTP/1.1 400 Bad Request", "Content-Type: text/plain", "Connection: close", "", "400 Bad Request")
}

// firstLine reads a line; if it begins with the first byte of a TLS handshake, in which no
// line may ever end, it reads what has come so far.
func (s *Script) firstLine() *Script {
	return s.then(func(p *play) error {
		first, err := p.reader.Peek(1)
		if err != nil {
			return err
		}
		if first[0] == 0x16 {
			_, err = io.CopyN(io.Discard, p.reader, int64(p.reader.Buffered()))
			return err
		}
		_, err = p.readLine()
		return err
	})
}
