// Package smtptest has what tests and the demonstration talk to: a certificate authority
// that also issues flawed certificates, a well-behaved submission server ([Serve]), a server
// that plays a script of wrong behaviour ([Script]), responders of other protocols
// ([Respond]), and a network in memory that runs in the virtual time of testing/synctest
// ([Network]).
//
// The servers are written from the RFCs and share no code with internal/probe, so that they
// don't repeat a misreading. Nothing that ships with the provider may import this package.
package smtptest
