# Grafana with an environment file, as systemd and docker compose read it, and its
# credentials in a second one that is not stored.

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
  clients             = ["grafana"]
}

resource "terraform_data" "environment_file" {
  input = join("\n", [
    for name, value in provider::smtp::client_env(smtp_connection.mail.settings, "grafana") : "${name}=${value}"
  ])
}

module "credentials" {
  source = "../secret-store"

  name             = "grafana"
  data_wo_revision = smtp_connection.mail.password_wo_version
  data_wo = provider::smtp::client_secrets(smtp_connection.mail.settings, "grafana", {
    username = smtp_connection.mail.username
    password = var.smtp_password
  })
}

output "environment_file" {
  value = terraform_data.environment_file.output
}
