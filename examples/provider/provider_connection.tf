variable "smtp_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The plan checks the settings, apply connects and logs in, and the password is never stored.
resource "smtp_connection" "mail" {
  host                = "smtp.example.org"
  port                = 587
  username            = "app"
  password_wo         = var.smtp_password
  password_wo_version = 1
  from                = "noreply@example.org"
  clients             = ["grafana"]
}

# The environment variables that Grafana expects.
output "grafana" {
  value = provider::smtp::client_env(smtp_connection.mail.settings, "grafana")
}
