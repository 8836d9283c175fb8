# Nothing in here is secret, and all of it is known at plan.
output "settings" {
  value = smtp_connection.submission.settings
}

# The mode, in the words of three families of libraries.
output "words" {
  value = smtp_connection.submission.client_options
}

# The certificate that was seen, for an alarm before it expires.
output "certificate_expires" {
  value = smtp_connection.submission.tls_session.certificate.not_after
}
