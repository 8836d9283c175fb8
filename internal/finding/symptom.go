package finding

import "maps"

// Symptom is how other tools report the problem that a finding is about.
type Symptom struct {
	Title string // the symptom, as a heading
	Means string // one or two sentences
	Cure  []Fix  // settings that cure it, without facts
	Says  []Saying
	Also  []Code // findings that look the same from outside
}

// Saying is what one tool says: the part of its message that stays the same.
type Saying struct{ Tool, Text, Source string }

// Sources of sayings: a repository with the version read, then the file.
const (
	nodemailer    = "nodemailer/nodemailer@2f667f4 lib/smtp-connection/index.js"
	nodeErrors    = "https://nodejs.org/api/errors.html"
	nodeTLS       = "https://nodejs.org/api/tls.html"
	smtplib       = "python/cpython@v3.11.7 Lib/smtplib.py"
	pythonErrno   = "https://docs.python.org/3/library/errno.html"
	pythonSSL     = "python/cpython@v3.11.7 Modules/_ssl.c"
	angus         = "eclipse-ee4j/angus-mail@eca8e08 providers/smtp/src/main/java/org/eclipse/angus/mail/smtp/SMTPTransport.java"
	angusConnect  = "eclipse-ee4j/angus-mail@eca8e08 core/src/main/java/org/eclipse/angus/mail/util/MailConnectException.java"
	jdkRecord     = "openjdk/jdk@00d485c60d src/java.base/share/classes/sun/security/ssl/SSLSocketInputRecord.java"
	jdkHost       = "openjdk/jdk@046262a0f5 src/java.base/share/classes/sun/security/util/HostnameChecker.java"
	keycloak      = "https://github.com/keycloak/keycloak/issues/27756"
	phpmailer     = "PHPMailer/PHPMailer@4a489474 src/PHPMailer.php"
	phpmailerSMTP = "PHPMailer/PHPMailer@4a489474 src/SMTP.php"
	symfony       = "symfony/mailer@eb0c318 Transport/Smtp/EsmtpTransport.php"
	symfonyStream = "symfony/mailer@eb0c318 Transport/Smtp/Stream/AbstractStream.php"
	symfonySocket = "symfony/mailer@eb0c318 Transport/Smtp/Stream/SocketStream.php"
	netSMTP       = "ruby/net-smtp@a0075eb lib/net/smtp.rb"
	netSMTPAuth   = "ruby/net-smtp@a0075eb lib/net/smtp/authenticator.rb"
	mailkit       = "jstedfast/MailKit@d1f7aa76 MailKit/Net/Smtp/SmtpClient.cs"
	mailkitStream = "jstedfast/MailKit@d1f7aa76 MailKit/Net/Smtp/SmtpStream.cs"
	mailkitTLS    = "jstedfast/MailKit@d1f7aa76 MailKit/Security/SslHandshakeException.cs"
	dotnetMail    = "dotnet/runtime@003e43b4e5 src/libraries/System.Net.Mail/src/Resources/Strings.resx"
	dotnetTLS     = "dotnet/runtime@015510cac2 src/libraries/System.Net.Security/src/Resources/Strings.resx"
	goSMTP        = "golang/go@go1.26 src/net/smtp/smtp.go"
	goSMTPAuth    = "golang/go@go1.26 src/net/smtp/auth.go"
	goNet         = "golang/go@go1.26 src/net/net.go"
	goTLS         = "golang/go@go1.26 src/crypto/tls/conn.go"
	goTLSClient   = "golang/go@go1.26 src/crypto/tls/handshake_client.go"
	goTLSAlert    = "golang/go@go1.26 src/crypto/tls/alert.go"
	goX509        = "golang/go@go1.26 src/crypto/x509/verify.go"
	goMail        = "wneessen/go-mail@46f4d6f client.go"
	goMailAuth    = "wneessen/go-mail@46f4d6f auth.go"
	curl          = "curl/curl@5c61e16869 lib/smtp.c"
	curlErrors    = "curl/curl@5c61e16869 lib/strerror.c"
	curlTLS       = "curl/curl@5c61e16869 lib/vtls/openssl.c"
	opensslApp    = "openssl/openssl@openssl-3.0.19 apps/s_client.c"
	opensslTLS    = "openssl/openssl@openssl-3.0.19 ssl/ssl_err.c"
	opensslX509   = "openssl/openssl@0223dfcf1e crypto/x509/x509_txt.c"
	gnutls        = "gnutls/gnutls@3.8.0 lib/errors.c"
	rustls        = "rustls/rustls@6868ee84d rustls/src/error/mod.rs"
	lettre        = "lettre/lettre@fa402db src/transport/smtp/client/connection.rs"
	swaks         = "jetmore/swaks@8a05259 swaks"
	msmtp         = "marlam/msmtp@933d35b src/msmtp.c"
	msmtpNet      = "marlam/msmtp@933d35b src/net.c"
	msmtpTLS      = "marlam/msmtp@933d35b src/mtls-openssl.c"
	postfixOut    = "vdukhovni/postfix@17830e5c1 postfix/src/smtp/smtp_proto.c"
	postfixFail   = "vdukhovni/postfix@17830e5c1 postfix/src/smtp/smtp_trouble.c"
	postfixDial   = "vdukhovni/postfix@17830e5c1 postfix/src/smtp/smtp_connect.c"
	postfixSASL   = "vdukhovni/postfix@17830e5c1 postfix/src/smtp/smtp_sasl_glue.c"
	postfixTLS    = "vdukhovni/postfix@17830e5c1 postfix/src/tls/tls_verify.c"
	postfixIn     = "vdukhovni/postfix@17830e5c1 postfix/src/smtpd/smtpd.c"
	postfixCheck  = "vdukhovni/postfix@17830e5c1 postfix/src/smtpd/smtpd_check.c"
	eximOut       = "Exim/exim@13835a3c1 src/src/transports/smtp.c"
	eximIn        = "Exim/exim@13835a3c1 src/src/configure.default"
	eximDaemon    = "Exim/exim@13835a3c1 src/src/daemon.c"
	exchangeNDR   = "MicrosoftDocs/OfficeDocs-Exchange@52e8b70f9 Exchange/ExchangeOnline/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online.md"
	gmailErrors   = "https://support.google.com/a/answer/3726730"
	entraErrors   = "https://learn.microsoft.com/entra/identity-platform/reference-error-codes"
	googleOAuth2  = "https://developers.google.com/identity/protocols/oauth2"
	sendgrid      = "https://sendgrid.com/docs/for-developers/sending-email/smtp-errors-and-troubleshooting/"
)

// Cures that several symptoms share.
var (
	toImplicit = Set("port = 465", `tls_mode = "implicit"`)
	toStartTLS = Set("port = 587", `tls_mode = "starttls"`)
	privateCA  = Example(`ca_cert_pem = file("ca.pem")`)
	newSecret  = Example(`username = "robot@example.com"`, "password = var.smtp_password")
)

// Symptoms returns what other tools say, by the finding that they mean. They are for
// the guides alone: no code of the provider refers to them.
func Symptoms() map[Code]Symptom {
	all := map[Code]Symptom{}
	for _, part := range []map[Code]Symptom{symptomsConnect(), symptomsTLS(), symptomsCertificate(), symptomsLogin(), symptomsEnvelope(), symptomsToken()} {
		maps.Copy(all, part)
	}
	return all
}
