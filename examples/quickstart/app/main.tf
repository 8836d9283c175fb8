# Stands for a module that deploys an application with SMTP settings.

variable "smtp" {
  type = object({
    host     = string
    port     = number
    tls_mode = string
    auth     = string
    from     = string
  })
}

variable "options" {
  type = object({
    ssl_tls_none      = string
    tls_starttls_none = string
    secure            = bool
  })
}

locals {
  environment = {
    SMTP_HOST       = var.smtp.host
    SMTP_PORT       = tostring(var.smtp.port)
    SMTP_ENCRYPTION = var.options.tls_starttls_none
    SMTP_SECURE     = tostring(var.options.secure)
    SMTP_FROM       = var.smtp.from
  }
}

resource "terraform_data" "deployment" {
  input = local.environment
}

output "environment" {
  value = terraform_data.deployment.output
}
