terraform {
  required_providers {
    smtp = { source = "seed-77eeb0cc/smtp" }
  }
}

variable "smtp" {
  default = { host = "smtp.sendgrid.net", port = 465, tls_mode = "starttls" }

  validation {
    condition     = provider::smtp::validate(var.smtp).valid
    error_message = join("\n\n", [for e in provider::smtp::validate(var.smtp).errors : "${e.summary}.\n${e.fix}"])
  }
}
