# n8n on Amazon ECS: settings in the environment of the container, credentials in
# a secret that ECS reads when the container starts.

terraform {
  required_version = ">= 1.11"

  required_providers {
    smtp = {
      source  = "seed-77eeb0cc/smtp"
      version = "~> 0.1"
    }
    aws = {
      source = "hashicorp/aws"
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

resource "aws_secretsmanager_secret" "mail" {
  name = "n8n-mail"
}

resource "aws_secretsmanager_secret_version" "mail" {
  secret_id                = aws_secretsmanager_secret.mail.arn
  secret_string_wo_version = smtp_connection.mail.password_wo_version
  secret_string_wo = jsonencode(provider::smtp::client_secrets(smtp_connection.mail.settings, "n8n", {
    username = smtp_connection.mail.username
    password = var.smtp_password
  }))
}

resource "aws_ecs_task_definition" "n8n" {
  family = "n8n"
  container_definitions = jsonencode([{
    name  = "n8n"
    image = "n8nio/n8n"
    environment = [
      for name, value in provider::smtp::client_env(smtp_connection.mail.settings, "n8n") :
      { name = name, value = value }
    ]
    secrets = [
      for name in ["N8N_SMTP_PASS", "N8N_SMTP_USER"] :
      { name = name, valueFrom = "${aws_secretsmanager_secret.mail.arn}:${name}::" }
    ]
  }])
}

output "container" {
  value = jsondecode(aws_ecs_task_definition.n8n.container_definitions)[0]
}
