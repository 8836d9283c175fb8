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

# The mailbox of a person, who has agreed once: a new access token at each run.
ephemeral "smtp_oauth2_token" "google" {
  token_url     = "https://oauth2.googleapis.com/token"
  client_id     = var.google_client_id
  client_secret = var.google_client_secret
  refresh_token = var.google_refresh_token
}

resource "smtp_connection" "gmail" {
  host                    = "smtp.gmail.com"
  username                = "app@example.org"
  access_token_wo         = ephemeral.smtp_oauth2_token.google.access_token
  access_token_wo_version = 1
}
