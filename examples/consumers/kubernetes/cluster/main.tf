# Stands for a module with kubernetes_config_map_v1 and kubernetes_secret_v1.

variable "name" {
  type = string
}

variable "config_map" {
  type = map(string)
}

variable "secret_data_wo" {
  type      = map(string)
  sensitive = true
  ephemeral = true
}

variable "secret_data_version" {
  type = number
}

resource "terraform_data" "config_map" {
  for_each = var.config_map # one each, to show that the keys are known at plan

  input = each.value
}

module "secret" {
  source = "../../secret-store"

  name             = var.name
  data_wo          = var.secret_data_wo
  data_wo_revision = var.secret_data_version
}

output "config_map" {
  value = { for name, entry in terraform_data.config_map : name => entry.output }
}

output "environment_from" {
  value = [{ configMapRef = var.name }, { secretRef = module.secret.name }]
}
