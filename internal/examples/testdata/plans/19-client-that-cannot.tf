terraform {
  required_providers {
    smtp = { source = "seed-77eeb0cc/smtp" }
  }
}

resource "smtp_connection" "mail" {
  host    = "email-smtp.eu-west-1.amazonaws.com"
  port    = 2465
  clients = ["grafana", "django"]
}
