# Terraform Enterprise itself. The password goes to a write-only argument, and is
# in no state.

terraform {
  required_version = ">= 1.11"

  required_providers {
    smtp = {
      source  = "seed-77eeb0cc/smtp"
      version = "~> 0.1"
    }
    tfe = {
      source = "hashicorp/tfe"
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
  port                = 587
  username            = "app"
  password_wo         = var.smtp_password
  password_wo_version = 1
  from                = "noreply@example.org"
  clients             = ["tf-tfe-admin-smtp-settings"]
  ignore_rules        = ["client-tls-unknown", "client-verification-unknown"] # it has no option for either
}

locals {
  settings = provider::smtp::client_settings(
    merge(smtp_connection.mail.settings, { username = smtp_connection.mail.username }), "tf-tfe-admin-smtp-settings"
  )
}

resource "tfe_admin_smtp_settings" "this" {
  enabled             = local.settings.enabled
  host                = local.settings.host
  port                = local.settings.port
  sender              = local.settings.sender
  auth                = local.settings.auth
  username            = local.settings.username
  password_wo         = var.smtp_password
  password_wo_version = smtp_connection.mail.password_wo_version
}

output "settings" {
  value = local.settings
}
