package wire

import "github.com/seed-77eeb0cc/terraform-provider-smtp/internal/lazyregexp"

// protocols are those other than SMTP that a server's first bytes give away. FTP
// greets with 220 as SMTP does, and the codes of news servers look like SMTP's, which
// has no 200 and 201 (RFC 3977 section 5.1, RFC 5321 section 4.2.3).
var protocols = []struct {
	name  string
	looks *lazyregexp.Regexp
}{
	{"FTP", lazyregexp.New(`^220[ -][^\r\n]*(vsFTPd|ProFTPD|Pure-FTPd|FileZilla|FTP [Ss]erver)`)},
	{"NNTP", lazyregexp.New(`^20[01][ -]`)},
	{"SSH", lazyregexp.New(`^SSH-[0-9]`)},
	{"IMAP", lazyregexp.New(`^\* (OK|PREAUTH|BYE|BAD)\b`)},
	{"POP3", lazyregexp.New(`^(\+OK|-ERR)\b`)},
	{"HTTP", lazyregexp.New(`^(HTTP/[0-9]|<!DOCTYPE |<html)`)},
	{"MySQL", lazyregexp.New(`^[\s\S]\x00\x00\x00\x0a[0-9]+\.`)},
	{"VNC", lazyregexp.New(`^RFB [0-9]{3}\.`)},
}

// OtherProtocol names the protocol that a server speaks instead of SMTP, from the first
// bytes that it sent; "" for SMTP, and for one that is not in the table.
func OtherProtocol(first []byte) string {
	for _, p := range protocols {
		if p.looks.Match(first) {
			return p.name
		}
	}
	return ""
}
