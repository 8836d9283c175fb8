# User name and password make auth = "password"; neither is in the result.
output "settings" {
  value = provider::smtp::parse_url("smtps://app:correct%20horse@smtp.example.org")
}
