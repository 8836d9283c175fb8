# One look in each plan, without credentials.
data "smtp_connection" "watched" {
  host       = var.smtp_host
  port       = var.smtp_port
  verify     = "handshake"
  timeout    = "10s"
  on_failure = "report"
}

check "mail_server" {
  assert {
    condition     = data.smtp_connection.watched.ok
    error_message = join("\n", data.smtp_connection.watched.findings[*].summary)
  }

  assert {
    condition     = try(timecmp(data.smtp_connection.watched.tls_session.certificate.not_after, timeadd(plantimestamp(), "720h")) > 0, true)
    error_message = "The mail server's certificate has less than 30 days left."
  }
}
