# A server in an enterprise that takes NTLM. The user name is DOMAIN\user, or
# user@domain.
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

resource "smtp_connection" "enterprise" {
  host                = "exchange.example.org"
  port                = 587
  username            = "CORP\\app"
  password_wo         = var.smtp_password
  password_wo_version = 1
  auth_mechanism      = "NTLM"
}
