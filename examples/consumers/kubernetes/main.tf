# A config map and a secret for Healthchecks, which takes its settings from the
# environment. The secret is write-only data: it is in no plan and no state.

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
  port                = 587
  username            = "app"
  password_wo         = var.smtp_password
  password_wo_version = 1
  from                = "noreply@example.org"
  clients             = ["healthchecks"]
}

module "cluster" {
  source = "./cluster"

  name                = "healthchecks-mail"
  config_map          = provider::smtp::client_env(smtp_connection.mail.settings, "healthchecks")
  secret_data_wo      = provider::smtp::client_secrets(smtp_connection.mail.settings, "healthchecks", local.credentials)
  secret_data_version = smtp_connection.mail.password_wo_version
}

locals {
  credentials = {
    username = smtp_connection.mail.username
    password = var.smtp_password
  }
}

output "config_map" {
  value = module.cluster.config_map
}

output "environment_from" {
  value = module.cluster.environment_from
}
