// Package interop tests the provider against independent mail servers: Debian's
// Postfix, with SASL by Cyrus and by Dovecot, Exim, OpenSMTPD, Dovecot's submission
// service, and GNU SASL behind go-smtp. It is built with the tag interop alone (make
// interop).
//
// The servers run from configuration, spools and sockets in a temporary folder,
// on free ports of 127.0.0.1, as children of the test; the system's services and
// its configuration are neither used nor touched. Tests of the provider that
// need no foreign server don't belong here.
package interop
