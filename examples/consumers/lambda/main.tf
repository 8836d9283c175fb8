# A Lambda function that sends with nodemailer: its options in the environment,
# user name and password in a secret that the function reads when it starts.

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
  clients             = ["nodemailer"]
}

module "function" {
  source = "./function"

  environment = {
    SMTP_OPTIONS = jsonencode(provider::smtp::client_settings(smtp_connection.mail.settings, "nodemailer"))
    SMTP_FROM    = smtp_connection.mail.from
    SMTP_SECRET  = module.secret.name
  }
}

module "secret" {
  source = "../secret-store"

  name             = "lambda-mail"
  data_wo_revision = smtp_connection.mail.password_wo_version
  data_wo = provider::smtp::client_secrets(smtp_connection.mail.settings, "nodemailer", {
    username = smtp_connection.mail.username
    password = var.smtp_password
  })
}

output "environment" {
  value = module.function.environment
}
