# Microsoft 365 for an application without OAuth2, here GitLab, while the tenant
# still takes passwords. Microsoft takes LOGIN alone: GitLab gets that word, where its
# own default would be PLAIN.

terraform {
  required_version = ">= 1.11"

  required_providers {
    smtp = {
      source  = "seed-77eeb0cc/smtp"
      version = "~> 0.1"
    }
  }
}

variable "app_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "smtp_connection" "mail" {
  host                = "smtp.office365.com"
  port                = 587
  username            = "app@example.org"
  password_wo         = var.app_password
  password_wo_version = 1
  from                = "app@example.org"
  clients             = ["gitlab-omnibus"]
}

output "gitlab" {
  value = provider::smtp::client_settings(smtp_connection.mail.settings, "gitlab-omnibus")
}
