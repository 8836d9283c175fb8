terraform {
  required_providers {
    smtp = {
      source = "seed-77eeb0cc/smtp"
    }
  }
}
