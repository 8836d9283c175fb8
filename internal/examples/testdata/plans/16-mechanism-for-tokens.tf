terraform {
  required_providers {
    smtp = { source = "seed-77eeb0cc/smtp" }
  }
}

resource "smtp_connection" "mail" {
  host           = "smtp.corp.internal"
  port           = 587
  auth_mechanism = "XOAUTH2"
  username       = "app"
  password       = "xyzzy-correct-horse"
}
