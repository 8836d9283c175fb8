# Gmail with OAuth2. The refresh token comes from a consent of the owner of the
# mailbox to the scope https://mail.google.com/. As long as the consent screen of
# the app is in testing, it is over after 7 days.
terraform {
  required_version = ">= 1.11"

  required_providers {
    smtp = {
      source  = "seed-77eeb0cc/smtp"
      version = "~> 0.1"
    }
  }
}

variable "google_client_id" {
  type = string
}

variable "google_client_secret" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "google_refresh_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

ephemeral "smtp_oauth2_token" "google" {
  token_url     = "https://oauth2.googleapis.com/token"
  client_id     = var.google_client_id
  client_secret = var.google_client_secret
  refresh_token = var.google_refresh_token
  scopes        = ["https://mail.google.com/"]
}

resource "smtp_connection" "gmail" {
  host                    = "smtp.gmail.com"
  port                    = 465
  username                = "app@example.org"
  access_token_wo         = ephemeral.smtp_oauth2_token.google.access_token
  access_token_wo_version = 1
}
