# Lines of gitlab.rb, or of GITLAB_OMNIBUS_CONFIG, for GitLab from the Omnibus
# package: numbers and booleans as such, texts in quotes.

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
  clients             = ["gitlab-omnibus"]
}

resource "terraform_data" "gitlab_rb" {
  input = join("\n", [
    for name, value in provider::smtp::client_settings(smtp_connection.mail.settings, "gitlab-omnibus") :
    "gitlab_rails['${name}'] = ${jsonencode(value)}"
  ])
}

module "credentials" {
  source = "../secret-store"

  name             = "gitlab"
  data_wo_revision = smtp_connection.mail.password_wo_version
  data_wo = provider::smtp::client_secrets(smtp_connection.mail.settings, "gitlab-omnibus", {
    username = smtp_connection.mail.username
    password = var.smtp_password
  })
}

output "gitlab_rb" {
  value = terraform_data.gitlab_rb.output
}
