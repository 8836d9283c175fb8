# A module that hands a connection on. Its tests run without a mail server.

terraform {
  required_version = ">= 1.11"

  required_providers {
    smtp = {
      source  = "seed-77eeb0cc/smtp"
      version = "~> 0.1"
    }
  }
}

variable "smtp" {
  type = object({
    host     = string
    port     = optional(number)
    tls_mode = optional(string)
    username = optional(string)
  })

  default = {
    host = "relay.corp.internal"
    port = 587
  }

  validation {
    condition     = provider::smtp::validate(var.smtp).valid
    error_message = join("\n", provider::smtp::validate(var.smtp).errors[*].summary)
  }
}

variable "smtp_password" {
  type      = string
  sensitive = true
  ephemeral = true
  default   = null
}

resource "smtp_connection" "mail" {
  host        = var.smtp.host
  port        = var.smtp.port
  tls_mode    = var.smtp.tls_mode
  username    = var.smtp.username
  password_wo = var.smtp.username == null ? null : var.smtp_password
  verify      = var.smtp.username == null ? "none" : null
}

output "environment" {
  value = provider::smtp::client_env(smtp_connection.mail.settings, "grafana")
}

output "verified" {
  value = smtp_connection.mail.verified
}
