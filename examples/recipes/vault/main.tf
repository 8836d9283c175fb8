# A password from Vault, on its way through: read from one engine when Terraform
# runs, and stored nowhere.

terraform {
  required_version = ">= 1.11"

  required_providers {
    smtp = {
      source  = "seed-77eeb0cc/smtp"
      version = "~> 0.1"
    }
    vault = {
      source = "hashicorp/vault"
    }
  }
}

ephemeral "vault_kv_secret_v2" "mail" {
  mount = "secret"
  name  = "mail"
}

# host and username are arguments of a resource, and these take no ephemeral
# value: what is no secret comes from a variable, or from a data source.
resource "smtp_connection" "mail" {
  host                = "smtp.example.org"
  port                = 587
  username            = "app"
  password_wo         = ephemeral.vault_kv_secret_v2.mail.data["password"]
  password_wo_version = 1
}

# The settings of an application that reads its own secret from Vault.
resource "vault_kv_secret_v2" "application" {
  mount                = "secret"
  name                 = "grafana/mail"
  data_json_wo_version = smtp_connection.mail.password_wo_version
  data_json_wo = jsonencode(provider::smtp::client_secrets(smtp_connection.mail.settings, "grafana", {
    username = smtp_connection.mail.username
    password = ephemeral.vault_kv_secret_v2.mail.data["password"]
  }))
}

output "settings" {
  value = smtp_connection.mail.settings
}
