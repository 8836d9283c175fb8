variable "refresh_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "client_secret" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Fetched at each plan and apply, and stored nowhere.
ephemeral "smtp_oauth2_token" "mail" {
  token_url     = "https://oauth2.googleapis.com/token"
  client_id     = "mail-sender.apps.googleusercontent.com"
  client_secret = var.client_secret
  refresh_token = var.refresh_token
}

resource "smtp_connection" "token" {
  host                    = "smtp.gmail.com"
  username                = "app@example.org"
  access_token_wo         = ephemeral.smtp_oauth2_token.mail.access_token
  access_token_wo_version = 1
}
