# A password that is in neither plan nor state: from an ephemeral variable into a
# write-only argument.
terraform {
  required_version = ">= 1.11"

  required_providers {
    smtp = {
      source  = "seed-77eeb0cc/smtp"
      version = "~> 0.1"
    }
  }
}

variable "smtp_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "smtp_connection" "mail" {
  host                = "smtp.example.org"
  username            = "app"
  password_wo         = var.smtp_password
  password_wo_version = 1 # raised with each new password
}
