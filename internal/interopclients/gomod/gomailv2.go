package main

import "gopkg.in/gomail.v2"

// gomailV2 passes the settings to NewDialer, whose arguments they are, and to its
// fields of the same names.
func gomailV2(g given) error {
	message := gomail.NewMessage()
	message.SetHeader("From", g.From)
	message.SetHeader("To", g.To)
	message.SetHeader("Subject", "Test")
	message.SetBody("text/plain", "A test.\n")
	dialer := gomail.NewDialer(g.text("host"), g.number("port"), g.Secrets["username"], g.Secrets["password"])
	dialer.SSL = g.isSet("SSL")
	dialer.LocalName, dialer.TLSConfig = g.text("LocalName"), g.tlsConfig("TLSConfig")
	return dialer.DialAndSend(message)
}
