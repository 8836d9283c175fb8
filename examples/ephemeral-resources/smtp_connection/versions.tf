terraform {
  required_version = ">= 1.10" # Terraform 1.10, OpenTofu 1.11

  required_providers {
    smtp = {
      source  = "seed-77eeb0cc/smtp"
      version = "~> 0.1"
    }
  }
}
