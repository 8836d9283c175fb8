# SMTP settings, checked before anything is deployed and handed to an app in the
# words it expects.

terraform {
  required_version = ">= 1.11"

  required_providers {
    smtp = {
      source  = "seed-77eeb0cc/smtp"
      version = "~> 0.1"
    }
  }
}

variable "host" {
  type    = string
  default = "smtp.example.org"
}

variable "port" {
  type    = number
  default = null
}

variable "tls_mode" {
  type    = string
  default = null
}

variable "username" {
  type    = string
  default = "app"
}

variable "password" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "ca_cert_pem" {
  description = "Only for a server with a certificate of a private authority."
  type        = string
  default     = null
}

resource "smtp_connection" "mail" {
  host                = var.host
  port                = var.port
  tls_mode            = var.tls_mode
  username            = var.username
  password_wo         = var.password
  password_wo_version = 1
  from                = "noreply@example.org"
  ca_cert_pem         = var.ca_cert_pem
}

module "app" {
  source = "./app"

  smtp    = smtp_connection.mail.settings
  options = smtp_connection.mail.client_options
}

output "app_environment" {
  value = module.app.environment
}

output "server" {
  value = smtp_connection.mail.server_info
}

output "tls" {
  value = smtp_connection.mail.tls_session
}
