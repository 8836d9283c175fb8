# A config map and a secret for Healthchecks, which takes its settings from the
# environment. The secret is write-only data: it is in no plan and no state.

terraform {
  required_version = ">= 1.11"

  required_providers {
    smtp = {
      source  = "seed-77eeb0cc/smtp"
      version = "~> 0.1"
    }
    kubernetes = {
      source = "hashicorp/kubernetes"
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

resource "kubernetes_config_map_v1" "mail" {
  metadata {
    name = "healthchecks-mail"
  }

  data = provider::smtp::client_env(smtp_connection.mail.settings, "healthchecks")
}

resource "kubernetes_secret_v1" "mail" {
  metadata {
    name = "healthchecks-mail"
  }

  data_wo_revision = smtp_connection.mail.password_wo_version
  data_wo = provider::smtp::client_secrets(smtp_connection.mail.settings, "healthchecks", {
    username = smtp_connection.mail.username
    password = var.smtp_password
  })
}

output "config_map" {
  value = kubernetes_config_map_v1.mail.data
}
