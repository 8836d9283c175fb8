terraform {
  required_version = ">= 1.7" # OpenTofu 1.7, Terraform 1.8

  required_providers {
    smtp = {
      source  = "seed-77eeb0cc/smtp"
      version = "~> 0.1"
    }
  }
}
