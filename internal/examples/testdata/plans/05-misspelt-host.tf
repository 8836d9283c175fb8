terraform {
  required_providers {
    smtp = { source = "seed-77eeb0cc/smtp" }
  }
}

resource "smtp_connection" "mail" {
  host     = "smtp.gmial.com"
  port     = 465
  username = "app@gmail.com"
  password = "xyzz yxyz zyxy zzyx"
}
