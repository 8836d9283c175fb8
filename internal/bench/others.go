package main

import (
	"context"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// program is something that people test SMTP settings with.
type program struct {
	name    string
	logsIn  bool
	version []string
	command func(*bench, target) []string
	input   string
}

// flag returns one text for implicit TLS and another for STARTTLS.
func (t target) flag(implicit, starttls string) string {
	if t.mode == settings.Implicit {
		return implicit
	}
	return starttls
}

func (t target) at() string { return "localhost:" + strconv.Itoa(t.port) }

const smtplib = `
import smtplib, ssl, sys
mode, port, ca = sys.argv[1:4]
context = ssl.create_default_context(cafile=ca)
if mode == "implicit":
    s = smtplib.SMTP_SSL("localhost", int(port), context=context)
else:
    s = smtplib.SMTP("localhost", int(port))
    s.starttls(context=context)
s.login("app", "pencil")
s.quit()
`

const nodemailer = `
const [mode, port, ca] = process.argv.slice(1);
require("nodemailer").createTransport({
  host: "localhost", port: Number(port), secure: mode === "implicit", requireTLS: true,
  tls: { ca: require("fs").readFileSync(ca) }, auth: { user: "app", pass: "pencil" },
}).verify().then(() => process.exit(0), (err) => { console.error(err.message); process.exit(1); });
`

// programs are measured in turn, the provider's own check first.
var programs = []program{
	{name: "smtp_connection", logsIn: true, command: func(b *bench, t target) []string {
		return []string{b.self, "-check", fmt.Sprintf("%s:%d:%s", t.mode, t.port, t.authority)}
	}},
	{name: "smtplib", logsIn: true, version: []string{"python3", "--version"}, command: func(_ *bench, t target) []string {
		return []string{"python3", "-c", smtplib, string(t.mode), strconv.Itoa(t.port), t.authority}
	}},
	{name: "nodemailer verify", logsIn: true, version: []string{"node", "--version"}, command: func(_ *bench, t target) []string {
		return []string{"node", "-e", nodemailer, "--", string(t.mode), strconv.Itoa(t.port), t.authority}
	}},
	{name: "swaks", logsIn: true, version: []string{"swaks", "--version"}, command: func(_ *bench, t target) []string {
		return []string{"swaks", "--server", "localhost", "--port", strconv.Itoa(t.port), t.flag("--tls-on-connect", "--tls"),
			"--tls-verify", "--tls-ca-path", t.authority, "--auth", "PLAIN", "--auth-user", username, "--auth-password", password,
			"--quit-after", "AUTH"}
	}},
	{name: "curl", logsIn: true, version: []string{"curl", "--version"}, command: func(_ *bench, t target) []string {
		return []string{"curl", "--silent", "--show-error", "--ssl-reqd", "--cacert", t.authority, "--user", username + ":" + password,
			"--request", "NOOP", "--url", t.flag("smtps", "smtp") + "://" + t.at()}
	}},
	{name: "msmtp --serverinfo", version: []string{"msmtp", "--version"}, command: func(_ *bench, t target) []string {
		return []string{"msmtp", "--serverinfo", "--host=localhost", "--port=" + strconv.Itoa(t.port), "--tls=on",
			"--tls-starttls=" + t.flag("off", "on"), "--tls-trust-file=" + t.authority}
	}},
	{name: "openssl s_client", version: []string{"openssl", "version"}, input: "QUIT\r\n", command: func(_ *bench, t target) []string {
		args := []string{"openssl", "s_client", "-quiet", "-connect", t.at(), "-CAfile", t.authority,
			"-verify_return_error", "-verify_hostname", "localhost"}
		if t.mode == settings.StartTLS {
			args = append(args, "-starttls", "smtp")
		}
		return args
	}},
}

// run runs a program once and returns its time and what it said.
func (p program) run(ctx context.Context, b *bench, t target) (time.Duration, string, error) {
	args := p.command(b, t)
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir = "internal/bench"
	cmd.Stdin = strings.NewReader(p.input)
	cmd.WaitDelay = time.Second
	start := time.Now()
	said, err := cmd.CombinedOutput()
	return time.Since(start), string(said), err
}

// versions lists the programs' own words on their versions.
func (b *bench) versions() string {
	var all []string
	for _, p := range programs {
		if p.version == nil {
			continue
		}
		said, err := b.output(".", p.version...)
		if err != nil {
			return err.Error()
		}
		line, _, _ := strings.Cut(said, "\n")
		all = append(all, strings.Fields(p.name)[0]+": "+line)
	}
	return strings.Join(all, "; ")
}
