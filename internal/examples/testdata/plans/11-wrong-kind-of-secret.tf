terraform {
  required_providers {
    smtp = { source = "seed-77eeb0cc/smtp" }
  }
}

resource "smtp_connection" "mail" {
  host     = "email-smtp.eu-west-1.amazonaws.com"
  port     = 587
  username = "AKIAIOSFODNN7EXAMPLE"
  password = "xyzzyxyzzyxyzzyxyzzyxyzzyxyzzyxyzzyxyzzy"
}
