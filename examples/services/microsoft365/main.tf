# Microsoft 365 with OAuth2: an application of the tenant logs in as the mailbox.
terraform {
  required_version = ">= 1.11"

  required_providers {
    smtp = {
      source  = "seed-77eeb0cc/smtp"
      version = "~> 0.1"
    }
  }
}

variable "microsoft_tenant_id" {
  type = string
}

variable "microsoft_client_id" {
  type = string
}

variable "microsoft_client_secret" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Fetched at each plan and apply, and stored nowhere.
ephemeral "smtp_oauth2_token" "microsoft" {
  token_url     = "https://login.microsoftonline.com/${var.microsoft_tenant_id}/oauth2/v2.0/token"
  client_id     = var.microsoft_client_id
  client_secret = var.microsoft_client_secret
  scopes        = ["https://outlook.office365.com/.default"]
}

resource "smtp_connection" "microsoft365" {
  host                    = "smtp.office365.com"
  port                    = 587               # STARTTLS; this service has no port 465
  username                = "app@example.org" # the mailbox
  access_token_wo         = ephemeral.smtp_oauth2_token.microsoft.access_token
  access_token_wo_version = 1
  from                    = "app@example.org"
}

output "verified" {
  value = smtp_connection.microsoft365.verified
}
