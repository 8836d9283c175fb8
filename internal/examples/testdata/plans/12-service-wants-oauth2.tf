terraform {
  required_providers {
    smtp = { source = "seed-77eeb0cc/smtp" }
  }
}

resource "smtp_connection" "mail" {
  host     = "smtp-mail.outlook.com"
  port     = 587
  username = "app@outlook.com"
  password = "xyzzy-correct-horse"
}
