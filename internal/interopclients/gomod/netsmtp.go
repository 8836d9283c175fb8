package main

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/smtp"
)

// netSMTP calls what the settings name: the function that dials, StartTLS and
// PlainAuth.
func netSMTP(g given) error {
	conf := &tls.Config{ServerName: g.text("ServerName"), InsecureSkipVerify: g.isSet("InsecureSkipVerify")}
	client, err := dial(g, conf)
	if err != nil {
		return err
	}
	defer client.Close()
	if name := g.text("Hello"); name != "" {
		if err := client.Hello(name); err != nil {
			return err
		}
	}
	if g.isSet("StartTLS") {
		if err := client.StartTLS(conf); err != nil {
			return err
		}
	}
	if username, ok := g.Secrets["CRAMMD5Auth.username"]; ok {
		if err := client.Auth(smtp.CRAMMD5Auth(username, g.Secrets["CRAMMD5Auth.secret"])); err != nil {
			return err
		}
	} else if username, ok := g.Secrets["PlainAuth.username"]; ok {
		host, _ := g.Settings["PlainAuth"].(map[string]any)["host"].(string)
		if err := client.Auth(smtp.PlainAuth("", username, g.Secrets["PlainAuth.password"], host)); err != nil {
			return err
		}
	}
	if err := client.Mail(g.From); err != nil {
		return err
	}
	if err := client.Rcpt(g.To); err != nil {
		return err
	}
	w, err := client.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write([]byte(g.Message)); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return client.Quit()
}

func dial(g given, conf *tls.Config) (*smtp.Client, error) {
	switch g.text("dial") {
	case "smtp.Dial":
		return smtp.Dial(g.text("addr"))
	case "tls.Dial":
		conn, err := tls.Dial("tcp", g.text("addr"), conf)
		if err != nil {
			return nil, err
		}
		host, _, err := net.SplitHostPort(g.text("addr"))
		if err != nil {
			return nil, err
		}
		return smtp.NewClient(conn, host)
	}
	return nil, fmt.Errorf("no function %q", g.text("dial"))
}
