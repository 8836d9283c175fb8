terraform {
  required_providers {
    smtp = { source = "seed-77eeb0cc/smtp" }
  }
}

variable "smtp_url" {
  default   = "smtps://app:xyzzy/horse@smtp.corp.internal"
  sensitive = true
}

output "host" {
  sensitive = true
  value     = provider::smtp::parse_url(var.smtp_url).host
}
