# Stands for a module with keycloak_realm. Its block smtp_server takes these
# arguments under these names, and its block auth username and password.

variable "smtp_server" {
  type = object({
    host     = string
    port     = string
    ssl      = bool
    starttls = bool
    from     = string
  })
}

variable "auth" {
  type      = map(string)
  sensitive = true
  ephemeral = true
}

variable "auth_revision" {
  type = number
}

resource "terraform_data" "realm" {
  input = var.smtp_server
}

module "auth" {
  source = "../../secret-store"

  name             = "keycloak-realm"
  data_wo          = var.auth
  data_wo_revision = var.auth_revision
}

output "smtp_server" {
  value = terraform_data.realm.output
}
