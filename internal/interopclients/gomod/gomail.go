package main

import (
	"fmt"

	"github.com/wneessen/go-mail"
)

// goMail passes the options that the settings name to NewClient.
func goMail(g given) error {
	var options []mail.Option
	for name, value := range g.Settings {
		option, err := option(g, name, value)
		if err != nil {
			return err
		}
		if option != nil {
			options = append(options, option)
		}
	}
	for name, value := range g.Secrets {
		option, err := option(g, name, value)
		if err != nil {
			return err
		}
		options = append(options, option)
	}
	client, err := mail.NewClient(g.text("host"), options...)
	if err != nil {
		return err
	}
	message := mail.NewMsg()
	if err := message.From(g.From); err != nil {
		return err
	}
	if err := message.To(g.To); err != nil {
		return err
	}
	message.Subject("Test")
	message.SetBodyString(mail.TypeTextPlain, "A test.\n")
	return client.DialAndSend(message)
}

// option returns the option of a setting, and none for the host, which is an
// argument of its own.
func option(g given, name string, value any) (mail.Option, error) {
	switch name {
	case "host":
		return nil, nil
	case "WithPort":
		return mail.WithPort(int(value.(float64))), nil
	case "WithHELO":
		return mail.WithHELO(value.(string)), nil
	case "WithTLSConfig":
		conf := g.tlsConfig(name)
		if conf.ServerName == "" {
			conf.ServerName = g.text("host")
		}
		return mail.WithTLSConfig(conf), nil
	case "WithSSL":
		return mail.WithSSL(), nil
	case "WithTLSPolicy":
		for _, policy := range []mail.TLSPolicy{mail.TLSMandatory, mail.TLSOpportunistic, mail.NoTLS} {
			if policy.String() == value {
				return mail.WithTLSPolicy(policy), nil
			}
		}
	case "WithUsername":
		return mail.WithUsername(value.(string)), nil
	case "WithPassword":
		return mail.WithPassword(value.(string)), nil
	case "WithSMTPAuth":
		var auth mail.SMTPAuthType
		if err := auth.UnmarshalString(value.(string)); err != nil {
			return nil, err
		}
		return mail.WithSMTPAuth(auth), nil
	}
	return nil, fmt.Errorf("no option %s(%v)", name, value)
}
