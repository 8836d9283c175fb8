terraform {
  required_providers {
    smtp = { source = "seed-77eeb0cc/smtp" }
  }
}

resource "smtp_connection" "mail" {
  host     = "smtp.sendgrid.net"
  port     = 587
  username = "app@contoso.com"
  password = "SG.xyzzyxyzzyxyzzyxyzzyxy.xyzzyxyzzyxyzzyxyzzyxyzzyxyzzyxyzzyxyzzyxyz"
}
