//go:build interop && interopclients

package interopclients

import (
	"os"
	"path/filepath"
)

// consumer is a piece of software, and the catalogue's entry that it is to prove.
type consumer struct {
	label string // of its servers' names
	id    string // of the entry
	send  send
	// silent: it doesn't tell the server the name that it wants (SNI).
	silent bool
	// older are outcomes of this release where the entry is about later ones.
	older map[conduct]outcome
}

// consumers is the list of them all. The releases are Debian's, and those of
// npm/package.json and gomod/go.mod.
var consumers = []consumer{
	{label: "nodemailer", id: "nodemailer", send: node("nodemailer.js")},
	{label: "nodemailer-url", id: "nodemailer-url", send: node("nodemailer.js")},
	{label: "python-smtplib", id: "python-smtplib", send: python("smtplib_send.py")},
	{label: "django", id: "django-legacy", send: python("django_mail.py")},
	{label: "flask-mail", id: "flask-mail", send: python("flask_mailer.py")},
	{label: "aiosmtplib", id: "aiosmtplib", send: python("aiosmtplib_send.py")},
	{label: "ruby-mail", id: "ruby-mail", send: ruby("mail.rb"), older: mail27},
	{label: "actionmailer", id: "rails-actionmailer", send: ruby("actionmailer.rb"), older: mail27},
	{label: "phpmailer", id: "phpmailer", send: php("phpmailer.php")},
	{label: "symfony-mailer", id: "symfony-mailer-legacy", send: php("symfony.php")},
	{label: "jakarta-mail", id: "jakarta-mail", send: java("jakarta", "jakarta-mail", "jakarta-activation")},
	{label: "javamail", id: "jakarta-mail", send: java("javax", "javax.mail", "javax.activation")},
	{label: "go-net-smtp", id: "go-net-smtp", send: golang("net/smtp")},
	{label: "go-mail", id: "go-mail", send: golang("github.com/wneessen/go-mail")},
	{label: "gomail-v2", id: "gomail-v2", send: golang("gopkg.in/gomail.v2")},
	{label: "alertmanager", id: "alertmanager", send: golang("github.com/prometheus/alertmanager")},
	{label: "gitea", id: "gitea", send: golang("gitea.dev")},
	{label: "argocd", id: "argocd-notifications", send: golang("github.com/argoproj/notifications-engine")},
	{label: "kratos", id: "ory-kratos", send: golang("github.com/ory/kratos")},
	{label: "msmtp", id: "msmtp", send: python("msmtp.py")},
	{label: "curl", id: "curl", send: python("curl.py")},
	{label: "ssmtp", id: "ssmtp", send: python("ssmtp.py"), silent: true},
	{label: "postfix", id: "postfix", send: postfix, silent: true},
}

// mail27 is what comes of the mail gem before 2.8: Ruby's Net::SMTP upgrades by
// itself.
var mail27 = map[conduct]outcome{offering: sentOverTLS}

func node(script string) send   { return run(asJSON, "node", script) }
func python(script string) send { return run(asJSON, "python3", "-P", script) }
func ruby(script string) send   { return run(asJSON, "ruby", script) }
func php(script string) send    { return run(asJSON, "php", script) }
func golang(path string) send   { return run(asJSON, "clients", path) }

// java runs the driver as it was compiled for one of the two package names.
func java(name string, jars ...string) send {
	path := filepath.Join(os.Getenv(builtEnv), name)
	for _, jar := range jars {
		path += ":/usr/share/java/" + jar + ".jar"
	}
	return run(asProperties, "java", "-cp", path, "JakartaMail")
}
