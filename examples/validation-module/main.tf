# A module whose variables judge themselves: whoever calls it is told what is
# wrong, and what to do, before anything is planned. It contacts nothing.
locals {
  settings = { for name, value in var.smtp : name => value if name != "username" }
}

output "environments" {
  description = "What each application wants to be told, by its id."
  value       = { for id in var.clients : id => provider::smtp::client_env(local.settings, id) }
}

output "url" {
  description = "The server as a URL without credentials."
  value       = provider::smtp::url(local.settings)
}

output "fallback" {
  description = "Settings of the second server, without its credentials."
  value       = nonsensitive(try(provider::smtp::parse_url(var.fallback_url), null))
}

output "warnings" {
  description = "What works and is still worth a look."
  value       = provider::smtp::validate(merge(var.smtp, { clients = var.clients })).warnings[*].summary
}
