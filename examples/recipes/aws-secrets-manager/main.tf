# A secret of AWS Secrets Manager that holds user name and password as JSON. The
# password is read when Terraform runs, and stored nowhere.

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

ephemeral "aws_secretsmanager_secret_version" "mail" {
  secret_id = "mail"
}

# The user name in the secret is ephemeral with it, and username takes no
# ephemeral value: it stands here once more.
resource "smtp_connection" "mail" {
  host                = "smtp.example.org"
  port                = 587
  username            = "app"
  password_wo         = jsondecode(ephemeral.aws_secretsmanager_secret_version.mail.secret_string).password
  password_wo_version = 1
}

output "settings" {
  value = smtp_connection.mail.settings
}
