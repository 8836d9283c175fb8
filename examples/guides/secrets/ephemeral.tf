# Judged by the same rules, stored nowhere, and contacting nothing unless verify
# asks. The URL holds user name and password.
ephemeral "smtp_connection" "mail" {
  host     = "smtp.example.org"
  port     = 587
  username = "app"
  password = var.smtp_password
}

module "secret" {
  source = "../../consumers/secret-store" # stands for a resource with write-only data

  name             = "mail-url"
  data_wo          = { SMTP_URL = ephemeral.smtp_connection.mail.url_with_credentials }
  data_wo_revision = 3
}
