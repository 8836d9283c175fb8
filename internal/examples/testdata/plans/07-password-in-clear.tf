terraform {
  required_providers {
    smtp = { source = "seed-77eeb0cc/smtp" }
  }
}

resource "smtp_connection" "mail" {
  host     = "relay.corp.internal"
  port     = 2525
  tls_mode = "none"
  username = "app"
  password = "xyzzy-correct-horse"
}
