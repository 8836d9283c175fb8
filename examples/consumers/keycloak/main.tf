# The block smtp_server of a Keycloak realm. The provider of Keycloak has no
# write-only argument for the password: it is in the state of the realm, and an
# ephemeral password is refused there.

terraform {
  required_version = ">= 1.11"

  required_providers {
    smtp = {
      source  = "seed-77eeb0cc/smtp"
      version = "~> 0.1"
    }
    keycloak = {
      source = "keycloak/keycloak"
    }
  }
}

variable "smtp_password" {
  type      = string
  sensitive = true
}

resource "smtp_connection" "mail" {
  host                = "smtp.example.org"
  port                = 465
  username            = "app"
  password_wo         = var.smtp_password
  password_wo_version = 1
  from                = "noreply@example.org"
  clients             = ["tf-keycloak-realm"]
  ignore_rules        = ["client-stores-secret"] # the state is encrypted
}

locals {
  # With the user name among the settings, it is apart from the password.
  settings = provider::smtp::client_settings(
    merge(smtp_connection.mail.settings, { username = smtp_connection.mail.username }), "tf-keycloak-realm"
  )
}

resource "keycloak_realm" "example" {
  realm = "example"

  smtp_server {
    host     = local.settings.host
    port     = local.settings.port
    ssl      = local.settings.ssl
    starttls = local.settings.starttls
    from     = local.settings.from

    auth {
      username = local.settings.auth.username
      password = var.smtp_password
    }
  }
}

output "smtp_server" {
  value = local.settings
}
