package wire

import "github.com/seed-77eeb0cc/terraform-provider-smtp/internal/lazyregexp"

const protocolSMTP = "SMTP"

// protocols are recognised by the first bytes of a server, first match wins.
// FTP greets with 220 as SMTP does, and the codes of news servers look like SMTP's,
// which has no 200 and 201 (RFC 3977 section 5.1, RFC 5321 section 4.2.3).
var protocols = []struct {
	name  string
	looks *lazyregexp.Regexp
}{
	{"FTP", lazyregexp.New(`^220[ -][^\r\n]*(vsFTPd|ProFTPD|Pure-FTPd|FileZilla|FTP [Ss]erver)`)},
	{"NNTP", lazyregexp.New(`^20[01][ -]`)},
	{protocolSMTP, lazyregexp.New(`^[245][0-9][0-9]([ -]|\r?\n)`)},
	{"SSH", lazyregexp.New(`^SSH-[0-9]`)},
	{"IMAP", lazyregexp.New(`^\* (OK|PREAUTH|BYE|BAD)\b`)},
	{"POP3", lazyregexp.New(`^(\+OK|-ERR)\b`)},
	{"HTTP", lazyregexp.New(`^(HTTP/[0-9]|<!DOCTYPE |<html)`)},
	{"MySQL", lazyregexp.New(`^[\s\S]\x00\x00\x00\x0a[0-9]+\.`)},
	{"VNC", lazyregexp.New(`^RFB [0-9]{3}\.`)},
}

// Identify names the protocol that a server speaks from the first bytes that it
// sent; "" if they are of none that is known here.
func Identify(first []byte) string {
	for _, p := range protocols {
		if p.looks.Match(first) {
			return p.name
		}
	}
	return ""
}
