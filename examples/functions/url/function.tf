output "url" {
  value = provider::smtp::url({ host = "smtp.example.org", port = 587, tls_mode = "starttls" })
}
