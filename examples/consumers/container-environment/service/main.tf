# Stands for a module that runs a container.

variable "environment" {
  type = list(object({ name = string, value = string }))
}

variable "secrets" {
  description = "By the name of the variable: where the platform finds the value."
  type        = map(string)
}

resource "terraform_data" "container" {
  input = {
    environment = var.environment
    secrets     = [for name, from in var.secrets : { name = name, valueFrom = from }]
  }
}

output "container" {
  value = terraform_data.container.output
}
