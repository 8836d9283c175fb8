# A module that validates its variables: callers see what is wrong, and how to fix
# it, before anything is planned. It contacts nothing.
locals {
  settings = { for name, value in var.smtp : name => value if name != "username" }
}

output "environments" {
  description = "The settings that each application expects, by its id."
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
  description = "Settings that work but deserve a check."
  value       = provider::smtp::validate(merge(var.smtp, { clients = var.clients })).warnings[*].summary
}
