# A Lambda function that sends with Nodemailer: its options in the environment,
# user name and password in a secret that the function reads when it starts.

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
  port                = 587
  username            = "app"
  password_wo         = var.smtp_password
  password_wo_version = 1
  from                = "noreply@example.org"
  clients             = ["nodemailer"]
}

resource "aws_secretsmanager_secret" "mail" {
  name = "lambda-mail"
}

resource "aws_secretsmanager_secret_version" "mail" {
  secret_id                = aws_secretsmanager_secret.mail.arn
  secret_string_wo_version = smtp_connection.mail.password_wo_version
  secret_string_wo = jsonencode(provider::smtp::client_secrets(smtp_connection.mail.settings, "nodemailer", {
    username = smtp_connection.mail.username
    password = var.smtp_password
  }))
}

resource "aws_lambda_function" "notify" {
  function_name = "notify"
  role          = "arn:aws:iam::123456789012:role/notify"
  filename      = "notify.zip"
  handler       = "index.handler"
  runtime       = "nodejs22.x"

  environment {
    variables = {
      SMTP_OPTIONS = jsonencode(provider::smtp::client_settings(smtp_connection.mail.settings, "nodemailer"))
      SMTP_FROM    = smtp_connection.mail.from
      SMTP_SECRET  = aws_secretsmanager_secret.mail.name
    }
  }
}

output "environment" {
  value = aws_lambda_function.notify.environment[0].variables
}
