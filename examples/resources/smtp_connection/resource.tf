variable "smtp_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The usual case: a submission server and a password that is never stored. Neither
# port nor tls_mode is given, so it is port 465 with TLS from the first byte.
resource "smtp_connection" "mail" {
  host                = "smtp.example.org"
  username            = "app"
  password_wo         = var.smtp_password
  password_wo_version = 1
  from                = "noreply@example.org"
}

# Handed to a module: known at plan, and no credential in it.
output "mail" {
  value = smtp_connection.mail.settings
}
