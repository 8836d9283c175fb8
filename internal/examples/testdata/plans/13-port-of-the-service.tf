terraform {
  required_providers {
    smtp = { source = "seed-77eeb0cc/smtp" }
  }
}

resource "smtp_connection" "mail" {
  host         = "smtp.office365.com"
  port         = 465
  username     = "app@contoso.com"
  access_token = "xyzzy-token"
}
