# A look at the server in every plan, which reports and never stops. It logs in
# nowhere, so it can't lock an account.
data "smtp_connection" "monitored" {
  host       = "smtp.example.org"
  verify     = "handshake"
  on_failure = "report"
}

check "mail" {
  assert {
    condition     = data.smtp_connection.monitored.ok
    error_message = join("\n", data.smtp_connection.monitored.findings[*].summary)
  }
}

# The codes are stable, and made for pipelines.
output "mail_findings" {
  value = data.smtp_connection.monitored.findings[*].code
}
