# A client certificate in place of a password (SASL EXTERNAL). Its key is stored
# nowhere.
terraform {
  required_version = ">= 1.11"

  required_providers {
    smtp = {
      source  = "seed-77eeb0cc/smtp"
      version = "~> 0.1"
    }
  }
}

variable "client_cert_pem" {
  type = string
}

variable "client_key_pem" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "smtp_connection" "machine" {
  host                      = "certificates.example.org"
  client_cert_pem           = var.client_cert_pem
  client_key_pem_wo         = var.client_key_pem
  client_key_pem_wo_version = 1
  auth_mechanism            = "EXTERNAL"
}
