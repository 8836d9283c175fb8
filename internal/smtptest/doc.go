// Package smtptest holds the servers that tests and the demonstration talk to: a
// certificate authority that also issues flawed certificates, a well-behaved
// submission server, a server that plays a script of wrong behaviour, responders
// of other protocols, and a network in memory that runs in the virtual time of
// testing/synctest.
//
// Its server side is written from the RFCs and shares no code with
// internal/probe, so that a misreading there is not repeated here. Nothing that
// ships with the provider may import it.
package smtptest
