terraform {
  required_providers {
    smtp = { source = "seed-77eeb0cc/smtp" }
  }
}

ephemeral "smtp_connection" "mail" {
  host   = "smtp.corp.internal"
  verify = "envelope"
  port   = 0
}
