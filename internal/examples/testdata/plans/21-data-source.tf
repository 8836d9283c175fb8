terraform {
  required_providers {
    smtp = { source = "seed-77eeb0cc/smtp" }
  }
}

data "smtp_connection" "mail" {
  host = "smtp.corp.internal "
  port = 587
}
