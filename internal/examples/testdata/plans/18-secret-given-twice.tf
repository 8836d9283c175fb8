terraform {
  required_providers {
    smtp = { source = "seed-77eeb0cc/smtp" }
  }
}

resource "smtp_connection" "mail" {
  host                = "smtp.corp.internal"
  port                = 465
  username            = "app"
  password            = "xyzzy-correct-horse"
  password_wo         = "xyzzy-another-horse"
  password_wo_version = 1
}
