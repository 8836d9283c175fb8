package probe

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"mime"
	"net/mail"
	"strings"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// message sends the test message, once in a run for identical connections: the envelope is
// there, and what follows can't be taken back. If another check sent it, QUIT takes the
// envelope back; the server may have closed this connection in the meantime.
func (s *session) message(ctx context.Context) error {
	if !s.request.asksForMessage() {
		return nil
	}
	s.trail.enter(phaseMessage)
	conn := s.trail.conn
	sent := s.engine.messages.once(ctx, s.engine.messageID(s.request), func() (result, bool) {
		reply, err := conn.Send(ctx, s.text, s.report.Capabilities.Has("CHUNKING"))
		return result{reply, s.interpreted(err)}, conn.DataSent()
	})
	if sent.err != nil {
		return sent.err
	}
	s.report.Reply = sent.reply.String()
	return nil
}

// testMessage is what verify = "message" sends: small, plain, and marked as made by
// a machine (RFC 5322 section 3.6, RFC 3834 section 5).
func (r Request) testMessage(now time.Time, ehlo string) []byte {
	var to []string
	for _, address := range r.RcptTo {
		to = append(to, header(address))
	}
	var b bytes.Buffer
	for _, line := range []string{
		"From: " + header(r.From),
		"To: " + strings.Join(to, ",\r\n "),
		"Subject: " + folded(mime.QEncoding.Encode("utf-8", r.Subject)),
		"Date: " + now.Format("Mon, 02 Jan 2006 15:04:05 -0700"),
		"Message-ID: " + messageID(r.From, ehlo),
		"Auto-Submitted: auto-generated",
		"MIME-Version: 1.0",
		"Content-Type: text/plain; charset=us-ascii",
		"Content-Transfer-Encoding: 7bit",
		"",
		"Terraform sent this message to prove that these settings can send mail:",
		"",
		fmt.Sprintf("  host      %s", r.Host.Name),
		fmt.Sprintf("  port      %d", r.Port),
		fmt.Sprintf("  tls_mode  %s", r.Mode),
		"",
		`It was asked for by verify = "message". Nobody has to answer it.`,
	} {
		b.WriteString(line + "\r\n")
	}
	return b.Bytes()
}

// header returns an address for From and To. Characters other than ASCII stay as they are,
// since they are only sent under SMTPUTF8 (RFC 6532 section 3.2).
func header(address string) string {
	if notASCII(address) {
		return "<" + address + ">"
	}
	return (&mail.Address{Address: address}).String()
}

// folded breaks a subject of several encoded words (RFC 2047 section 2).
func folded(subject string) string {
	if !strings.Contains(subject, "?= =?") {
		return subject
	}
	return "\r\n " + strings.ReplaceAll(subject, "?= =?", "?=\r\n =?")
}

// messageID returns a unique name for the message (RFC 5322 section 3.6.4), in the client's
// own domain if it has one.
func messageID(from, ehlo string) string {
	domain := ehlo
	if !isNamed(ehlo) {
		domain = from[strings.LastIndex(from, "@")+1:]
	}
	unique := make([]byte, 16)
	_, _ = rand.Read(unique) // never fails
	return "<" + hex.EncodeToString(unique) + "@" + domain + ">"
}

// unconfirmed says how much of the message went out, in evidence that may be about
// something that happened later.
func (t *trail) unconfirmed() []string {
	switch {
	case t.conn == nil || !t.conn.DataSent():
		return nil
	case t.conn.MessageSent():
		return []string{"the message went out; no other attempt sends it again"}
	}
	return []string{"DATA was sent, the message was not; no other attempt sends it"}
}

// asksForMessage reports whether the check sends a message.
func (r Request) asksForMessage() bool { return r.reaches(settings.VerifyMessage) }
