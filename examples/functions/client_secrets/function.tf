variable "smtp_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

locals {
  mail = { host = "smtp.example.org", port = 587, tls_mode = "starttls", auth = "password" }
}

# Every setting of Django that holds a credential. The password is ephemeral, and
# so is the result: it may go to write-only arguments and is stored nowhere.
locals {
  secrets = provider::smtp::client_secrets(local.mail, "django", {
    username = "app"
    password = var.smtp_password
  })
}

# The argument data_wo of kubernetes_secret_v1 takes the whole map:
#   data_wo = local.secrets
# Here the check of a connection takes one of its values.
resource "smtp_connection" "mail" {
  host                = local.mail.host
  port                = local.mail.port
  username            = "app"
  password_wo         = local.secrets["EMAIL_HOST_PASSWORD"]
  password_wo_version = 1
}
