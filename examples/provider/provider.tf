terraform {
  required_version = ">= 1.11"

  required_providers {
    smtp = {
      source  = "seed-77eeb0cc/smtp"
      version = "~> 0.1"
    }
  }
}

# Nothing is required. Connections inherit what is set here, and may set their own.
# Set ehlo_name on machines without a full host name, such as containers: strict
# servers, Google's relay among them, refuse an address in its place. Applications
# that are configured from a connection's settings give the same name.
provider "smtp" {
  timeout                  = "45s"
  ehlo_name                = "ci.example.org"
  max_connections_per_host = 2
}
