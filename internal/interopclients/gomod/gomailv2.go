package main

import "gopkg.in/gomail.v2"

// gomailV2 passes the settings to NewDialer, whose arguments they are.
func gomailV2(g given) error {
	message := gomail.NewMessage()
	message.SetHeader("From", g.From)
	message.SetHeader("To", g.To)
	message.SetHeader("Subject", "Test")
	message.SetBody("text/plain", "A test.\n")
	return gomail.NewDialer(g.text("host"), g.number("port"), g.Secrets["username"], g.Secrets["password"]).DialAndSend(message)
}
