# Stands for a module with aws_lambda_function.

variable "environment" {
  type = map(string)
}

resource "terraform_data" "function" {
  input = { variables = var.environment }
}

output "environment" {
  value = terraform_data.function.output.variables
}
