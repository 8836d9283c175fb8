# Stands for a resource with write-only data, such as kubernetes_secret_v1 with
# data_wo and data_wo_revision, or aws_secretsmanager_secret_version with
# secret_string_wo and secret_string_wo_version. What it is given is in no plan and
# no state; it goes to a file that plays the store.

variable "name" {
  type = string
}

variable "data_wo" {
  type      = map(string)
  sensitive = true
  ephemeral = true
}

variable "data_wo_revision" {
  type = number
}

resource "terraform_data" "secret" {
  input            = var.name
  triggers_replace = var.data_wo_revision

  provisioner "local-exec" {
    command = "umask 077 && printf '%s' \"$DATA\" > \"$FILE\""

    environment = {
      DATA = jsonencode(var.data_wo)
      FILE = "${path.root}/${var.name}.json"
    }
  }
}

output "name" {
  description = "What a workload refers to the secret by."
  value       = terraform_data.secret.output
}
