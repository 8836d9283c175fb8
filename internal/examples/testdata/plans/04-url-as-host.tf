terraform {
  required_providers {
    smtp = { source = "seed-77eeb0cc/smtp" }
  }
}

variable "smtp_url" {
  default = "smtps://app:xyzzy-correct-horse@smtp.corp.internal:465"
}

resource "smtp_connection" "mail" {
  host = var.smtp_url
  port = 465
}
