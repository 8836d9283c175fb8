# The usual host and the endpoint that the service recommends.
output "gmail" {
  value = provider::smtp::service("gmail")
}

# Options choose the host, another endpoint and the sender.
output "ses" {
  value = provider::smtp::service("amazon-ses", { region = "eu-west-1", port = 2465, from = "noreply@example.org" })
}
