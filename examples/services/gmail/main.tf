# Gmail with an app password: for an account with two-step verification.
terraform {
  required_version = ">= 1.11"

  required_providers {
    smtp = {
      source  = "seed-77eeb0cc/smtp"
      version = "~> 0.1"
    }
  }
}

variable "gmail_app_password" {
  description = "The 16 letters that Google shows once, without the spaces between them."
  type        = string
  sensitive   = true
  ephemeral   = true
}

resource "smtp_connection" "gmail" {
  host                = "smtp.gmail.com"
  port                = 465
  username            = "app@example.org" # the whole address
  password_wo         = var.gmail_app_password
  password_wo_version = 1 # increment with each new app password
  from                = "app@example.org"
}

output "verified" {
  value = smtp_connection.gmail.verified
}
