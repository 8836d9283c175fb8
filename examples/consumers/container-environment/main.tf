# A container that takes its settings from the environment, as a list of names and
# values: Amazon ECS, Azure Container Apps, Cloud Run. The application here is n8n.

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
  port                = 465
  username            = "app"
  password_wo         = var.smtp_password
  password_wo_version = 1
  from                = "noreply@example.org"
  clients             = ["n8n"]
}

module "service" {
  source = "./service"

  environment = [
    for name, value in provider::smtp::client_env(smtp_connection.mail.settings, "n8n") :
    { name = name, value = value }
  ]
  secrets = { for name in ["N8N_SMTP_USER", "N8N_SMTP_PASS"] : name => "${module.secrets.name}:${name}" }
}

module "secrets" {
  source = "../secret-store"

  name             = "n8n-mail"
  data_wo_revision = smtp_connection.mail.password_wo_version
  data_wo = provider::smtp::client_secrets(smtp_connection.mail.settings, "n8n", {
    username = smtp_connection.mail.username
    password = var.smtp_password
  })
}

output "container" {
  value = module.service.container
}
