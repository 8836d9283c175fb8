package main

import (
	"context"
	"maps"

	"github.com/ory/kratos/courier"
	"github.com/ory/kratos/driver/config"
	"github.com/ory/mail/v3"
)

// kratos has Ory Kratos' courier make its client from the URI, and send.
func kratos(g given) error {
	environment := maps.Clone(g.Secrets)
	for name := range g.Settings {
		environment[name] = g.text(name)
	}
	client, err := courier.NewSMTPClient(nil, &config.SMTPConfig{
		ConnectionURI:  environment["COURIER_SMTP_CONNECTION_URI"],
		LocalName:      environment["COURIER_SMTP_LOCAL_NAME"],
		ClientCertPath: environment["COURIER_SMTP_CLIENT_CERT_PATH"],
		ClientKeyPath:  environment["COURIER_SMTP_CLIENT_KEY_PATH"],
	})
	if err != nil {
		return err
	}
	message := mail.NewMessage()
	message.SetHeader("From", environment["COURIER_SMTP_FROM_ADDRESS"])
	message.SetHeader("To", g.To)
	message.SetHeader("Subject", "Test")
	message.SetBody("text/plain", "A test.\n")
	return client.DialAndSend(context.Background(), message)
}
