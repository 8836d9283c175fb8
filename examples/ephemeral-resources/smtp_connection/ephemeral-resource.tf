variable "smtp_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Nothing of it is stored. With verify it logs in at plan, at apply and at destroy.
ephemeral "smtp_connection" "mail" {
  host     = "smtp.example.org"
  username = "app"
  password = var.smtp_password
  verify   = "auth"
}

# For write-only arguments and provider blocks: smtps://app:…@smtp.example.org:465
locals {
  smtp_url = ephemeral.smtp_connection.mail.url_with_credentials
}
