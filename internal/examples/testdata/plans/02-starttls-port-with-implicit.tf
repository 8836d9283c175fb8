terraform {
  required_providers {
    smtp = { source = "seed-77eeb0cc/smtp" }
  }
}

resource "smtp_connection" "mail" {
  host     = "smtp.corp.internal"
  port     = 587
  tls_mode = "implicit"
}
