# Judged by the rules alone: nothing is contacted, at plan or at any other time.
data "smtp_connection" "settings" {
  host = "smtp.example.org"
  port = 587
  from = "noreply@example.org"
}

output "encryption" {
  value = data.smtp_connection.settings.client_options.tls_starttls_none
}
