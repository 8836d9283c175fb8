# The values of a Helm chart, here that of Grafana: settings as env, credentials
# from a secret of the cluster.

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

module "secret" {
  source = "../secret-store"

  name             = "grafana-mail"
  data_wo_revision = smtp_connection.mail.password_wo_version
  data_wo = provider::smtp::client_secrets(smtp_connection.mail.settings, "grafana", {
    username = smtp_connection.mail.username
    password = var.smtp_password
  })
}

# For helm_release: values = [local.values]
locals {
  values = yamlencode({
    env           = provider::smtp::client_env(smtp_connection.mail.settings, "grafana")
    envFromSecret = module.secret.name
  })
}

resource "terraform_data" "release" {
  input = local.values
}

output "values" {
  value = terraform_data.release.output
}
