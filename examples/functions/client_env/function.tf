resource "smtp_connection" "mail" {
  host   = "smtp.example.org"
  port   = 465
  verify = "none"
}

# Known at plan, so it can be the key of for_each.
resource "terraform_data" "environment" {
  for_each = provider::smtp::client_env(smtp_connection.mail.settings, "grafana")
  input    = "${each.key}=${each.value}"
}

output "environment" {
  value = provider::smtp::client_env(smtp_connection.mail.settings, "grafana")
}
