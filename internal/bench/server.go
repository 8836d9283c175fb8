package main

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/dial"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// The account of the server that is measured.
const (
	username = "app"
	password = "pencil"
)

// serve starts a mail server on loopback, and returns its address and the file with
// its authority. The server ends with the context.
func serve(ctx context.Context, dir string, mode settings.TLSMode) (address, authorityFile string, err error) {
	authority, err := smtptest.NewAuthority()
	if err != nil {
		return "", "", err
	}
	certificate, err := authority.Issue(smtptest.Leaf{Names: []string{"localhost", "127.0.0.1"}})
	if err != nil {
		return "", "", err
	}
	server, err := smtptest.Start(smtptest.Config{
		Mode: mode, Certificate: certificate,
		Mechanisms: []settings.Mechanism{settings.Plain}, Users: map[string]string{username: password},
	})
	if err != nil {
		return "", "", err
	}
	context.AfterFunc(ctx, func() { server.Close() })
	authorityFile = filepath.Join(dir, string(mode)+".pem")
	return server.Addr().String(), authorityFile, os.WriteFile(authorityFile, []byte(authority.PEM()), 0o600)
}

// checkOnce makes one check with a login, as the provider does it. It runs as a
// program of its own, so that its time compares with that of other programs.
func checkOnce(ctx context.Context, target string) error {
	mode, rest, _ := strings.Cut(target, ":")
	port, file, _ := strings.Cut(rest, ":")
	number, err := strconv.ParseInt(port, 10, 64)
	if err != nil {
		return err
	}
	authority, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	_, err = probe.New(dial.System{}, dial.System{}, 1).Run(ctx, probe.NewRequest(settings.Settings{
		Host: settings.Of("localhost"), Port: settings.Of(number), TLSMode: settings.Of(settings.TLSMode(mode)),
		Username: settings.Of(username), Password: settings.Of(secret.New(password)),
		CACertPEM: settings.Of(string(authority)), VerifyByDefault: true,
	}))
	return err
}

// target is a server behind a network.
type target struct {
	mode      settings.TLSMode // declared to the clients
	port      int
	authority string
}

// behind starts a network with a round-trip time in front of a server.
func behind(ctx context.Context, server, authority string, mode settings.TLSMode, rtt time.Duration) (target, error) {
	p, err := startProxy(ctx, server, rtt)
	if err != nil {
		return target{}, err
	}
	return target{mode, p.port(), authority}, nil
}
