# The block smtp_server of a Keycloak realm.

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
  clients             = ["tf-keycloak-realm"]
}

module "realm" {
  source = "./realm"

  smtp_server = provider::smtp::client_settings(smtp_connection.mail.settings, "tf-keycloak-realm")
  auth = provider::smtp::client_secrets(smtp_connection.mail.settings, "tf-keycloak-realm", {
    username = smtp_connection.mail.username
    password = var.smtp_password
  })
  auth_revision = smtp_connection.mail.password_wo_version
}

output "smtp_server" {
  value = module.realm.smtp_server
}
