package finding

// symptomsCertificate is what other tools say of the server's certificate.
func symptomsCertificate() map[Code]Symptom {
	return map[Code]Symptom{
		"certificate-unknown-authority": {
			Title: "The certificate's authority is unknown",
			Means: "A private authority issued the server's certificate, and this machine doesn't trust it. The client needs the authority's certificate; switching verification off exposes the password.",
			Cure:  []Fix{privateCA},
			Says: []Saying{
				{"Go", "x509: certificate signed by unknown authority", goX509},
				{"OpenSSL", "unable to get local issuer certificate", opensslX509},
				{"Python", "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed", pythonSSL},
				{"Node.js, Nodemailer", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", nodeTLS},
				{"Java, Jakarta Mail, Keycloak", "PKIX path building failed", keycloak},
				{"Java, Jakarta Mail, Keycloak", "unable to find valid certification path to requested target", keycloak},
				{"Ruby Net::SMTP", "state=error: certificate verify failed (unable to get local issuer certificate)", "https://github.com/mastodon/mastodon/issues/6975"},
				{"PHP, PHPMailer, Laravel", "tls_process_server_certificate:certificate verify failed", "https://github.com/PHPMailer/PHPMailer/issues/1932"},
				{".NET SmtpClient", "The remote certificate is invalid according to the validation procedure", dotnetTLS},
				{"MailKit", "The server's SSL certificate could not be validated for the following reasons:", mailkitTLS},
				{"rustls, lettre", "invalid peer certificate: UnknownIssuer", rustls},
				{"curl", "SSL peer certificate or SSH remote key was not OK", curlErrors},
				{"msmtp", "TLS certificate verification failed", msmtpTLS},
				{"Postfix (as client)", "Server certificate not verified", postfixOut},
				{"Postfix (as client)", "untrusted issuer", postfixTLS},
			},
			Also: []Code{"certificate-private-root", "certificate-missing-intermediate", "certificate-no-system-roots"},
		},
		"certificate-missing-intermediate": {
			Title: "The server leaves out an intermediate certificate",
			Means: "The server sends its own certificate without the ones between it and the authority. Browsers often know them from elsewhere; mail clients don't.",
			Cure:  []Fix{Do("Configure the full chain on the server, and reload it."), Example(`ca_cert_pem = file("intermediate-and-root.pem")`)},
			Says: []Saying{
				{"OpenSSL", "unable to verify the first certificate", opensslX509},
				{"Node.js, Nodemailer", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", nodeTLS},
			},
		},
		"certificate-self-signed": {
			Title: "The certificate is self-signed",
			Means: "No authority vouches for the certificate. A client can trust it only if you give it the certificate itself.",
			Cure:  []Fix{Example(`ca_cert_pem = file("server.pem")`)},
			Says: []Saying{
				{"OpenSSL, Python, Ruby", "self-signed certificate", opensslX509},
				{"Node.js, Nodemailer", "DEPTH_ZERO_SELF_SIGNED_CERT", nodeTLS},
				{"Postfix (as client)", "certificate verification failed for smtp.example.com[192.0.2.1]:587: self-signed certificate", postfixTLS},
			},
		},
		"certificate-private-root": {
			Title: "The chain ends in a private root",
			Means: "The server sends a root that is not on the list of trusted ones: that of a private authority, or of a firewall or virus scanner that intercepts TLS.",
			Cure:  []Fix{privateCA},
			Says: []Saying{
				{"OpenSSL, Python, Ruby", "self-signed certificate in certificate chain", opensslX509},
				{"Node.js, Nodemailer", "SELF_SIGNED_CERT_IN_CHAIN", nodeTLS},
			},
		},
		"certificate-expired": {
			Title: "The certificate has expired",
			Means: "The certificate was not renewed, or the server was not reloaded after it was. Only the server's operator can fix it.",
			Cure:  []Fix{Do("Renew the certificate on the server and reload the mail server.")},
			Says: []Saying{
				{"Go", "x509: certificate has expired or is not yet valid", goX509},
				{"OpenSSL, Python, Ruby", "certificate has expired", opensslX509},
				{"Node.js, Nodemailer", "CERT_HAS_EXPIRED", nodeTLS},
				{"rustls, lettre", "certificate expired: verification time", rustls},
			},
		},
		"certificate-not-yet-valid": {
			Title: "The certificate is not valid yet",
			Means: "The certificate begins in the future, or this machine's clock is behind.",
			Cure:  []Fix{Do("Set the clock of the machine.")},
			Says: []Saying{
				{"OpenSSL, Python, Ruby", "certificate is not yet valid", opensslX509},
				{"Node.js, Nodemailer", "CERT_NOT_YET_VALID", nodeTLS},
			},
		},
		"certificate-name-mismatch": {
			Title: "The certificate is for another name",
			Means: "The certificate doesn't contain the name that the client connects to. Connect to a name that is in the certificate, or tell the client which name to expect.",
			Cure:  []Fix{Example(`host = "smtp.example.com"`), Example(`tls_server_name = "smtp.example.com"`)},
			Says: []Saying{
				{"Go", "x509: certificate is valid for", goX509},
				{"Go", "because it doesn't contain any IP SANs", goX509},
				{"Node.js, Nodemailer", "Hostname/IP does not match certificate's altnames", nodeErrors},
				{"Node.js, Nodemailer", "ERR_TLS_CERT_ALTNAME_INVALID", nodeErrors},
				{"OpenSSL", "hostname mismatch", opensslX509},
				{"Python", "Hostname mismatch, certificate is not valid for", pythonSSL},
				{"Java, Jakarta Mail", "No subject alternative DNS name matching", jdkHost},
				{"Java, Jakarta Mail", "No subject alternative names present", jdkHost},
				{"Java, Jakarta Mail", "No name matching", jdkHost},
				{"PHP, PHPMailer", "Peer certificate CN=", "https://github.com/PHPMailer/PHPMailer/issues/196"},
				{"PHP, PHPMailer", "did not match expected CN=", "https://github.com/PHPMailer/PHPMailer/issues/196"},
				{"MailKit", "did not match the name given in the server's SSL certificate", mailkitTLS},
				{"curl", "SSL: no alternative certificate subject name matches", curlTLS},
				{"rustls, lettre", "certificate not valid for name", rustls},
				{"msmtp", "the certificate owner does not match hostname", msmtpTLS},
			},
		},
		"certificate-no-san": {
			Title: "The certificate only has a common name",
			Means: "The certificate has the host name only in its common name, which modern clients no longer read.",
			Cure:  []Fix{Do("Issue a certificate with subject alternative names, and reload the server.")},
			Says: []Saying{
				{"Go", "x509: certificate relies on legacy Common Name field, use SANs instead", goX509},
			},
		},
		"certificate-weak-signature": {
			Title: "The certificate is signed with an outdated hash",
			Means: "The signature uses MD5 or SHA-1, which clients no longer accept.",
			Cure:  []Fix{Do("Issue a new certificate signed with SHA-256, and reload the server.")},
			Says: []Saying{
				{"OpenSSL", "CA signature digest algorithm too weak", opensslX509},
				{"OpenSSL", "ca md too weak", opensslTLS},
			},
		},
		"certificate-weak-key": {
			Title: "The certificate's key is too short",
			Means: "Clients refuse keys this short, because they are not safe.",
			Cure:  []Fix{Do("Issue a new certificate with an RSA key of at least 2048 bits or an ECDSA key, and reload the server.")},
			Says: []Saying{
				{"OpenSSL", "EE certificate key too weak", opensslX509},
				{"OpenSSL", "ee key too small", opensslTLS},
			},
		},
	}
}
