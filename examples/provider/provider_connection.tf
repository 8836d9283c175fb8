variable "smtp_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Judged at plan, proved at apply, and the password is never stored.
resource "smtp_connection" "mail" {
  host                = "smtp.example.org"
  port                = 587
  username            = "app"
  password_wo         = var.smtp_password
  password_wo_version = 1
  from                = "noreply@example.org"
  clients             = ["grafana"]
}

# What Grafana wants to be told, for the module that deploys it.
output "grafana" {
  value = provider::smtp::client_env(smtp_connection.mail.settings, "grafana")
}
