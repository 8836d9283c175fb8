# Exchange Online with OAuth2. The refresh token comes from a consent of the owner
# of the mailbox to the scopes below. It is over 90 days after it was made: each
# answer brings a new one, which nothing here can keep.
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

variable "microsoft_refresh_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

ephemeral "smtp_oauth2_token" "microsoft" {
  token_url     = "https://login.microsoftonline.com/${var.microsoft_tenant_id}/oauth2/v2.0/token"
  client_id     = var.microsoft_client_id # a public client: it has no secret
  refresh_token = var.microsoft_refresh_token
  scopes        = ["https://outlook.office.com/SMTP.Send", "offline_access"]
  ignore_rules  = ["oauth2-refresh-token-rotated"]
}

resource "smtp_connection" "exchange" {
  host                    = "smtp.office365.com"
  port                    = 587
  username                = "app@example.org"
  access_token_wo         = ephemeral.smtp_oauth2_token.microsoft.access_token
  access_token_wo_version = 1
}
