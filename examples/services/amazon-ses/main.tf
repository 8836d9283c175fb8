# Amazon SES with SMTP credentials, which belong to one region.
terraform {
  required_version = ">= 1.11"

  required_providers {
    smtp = {
      source  = "seed-77eeb0cc/smtp"
      version = "~> 0.1"
    }
  }
}

variable "ses_smtp_username" {
  description = "The id of the access key, such as aws_iam_access_key.smtp.id."
  type        = string
}

variable "ses_smtp_password" {
  description = "The SMTP password, such as aws_iam_access_key.smtp.ses_smtp_password_v4; not the secret access key."
  type        = string
  sensitive   = true
  ephemeral   = true
}

locals {
  ses = provider::smtp::service("amazon-ses", { region = "eu-west-1" })
}

resource "smtp_connection" "ses" {
  host                = local.ses.host # email-smtp.eu-west-1.amazonaws.com
  port                = local.ses.port # 587
  tls_mode            = local.ses.tls_mode
  username            = var.ses_smtp_username
  password_wo         = var.ses_smtp_password
  password_wo_version = 1
  from                = "noreply@example.org" # of an identity that SES has verified
}

output "verified" {
  value = smtp_connection.ses.verified
}
