terraform {
  required_providers {
    smtp = { source = "seed-77eeb0cc/smtp" }
  }
}

variable "smtp_password" {
  default   = null
  sensitive = true
}

resource "smtp_connection" "mail" {
  host     = "smtp.corp.internal"
  port     = 587
  username = "app"
  password = var.smtp_password
}
