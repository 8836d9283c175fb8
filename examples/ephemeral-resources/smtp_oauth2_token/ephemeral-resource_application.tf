variable "microsoft_client_secret" {
  type      = string
  sensitive = true
  ephemeral = true
}

# An application of its own in Microsoft Entra, with the application permission
# SMTP.SendAsApp and the mailbox opened to it in Exchange Online.
ephemeral "smtp_oauth2_token" "application" {
  token_url     = "https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/oauth2/v2.0/token"
  client_id     = "11111111-1111-1111-1111-111111111111"
  client_secret = var.microsoft_client_secret
  scopes        = ["https://outlook.office365.com/.default"]
}

resource "smtp_connection" "exchange" {
  host                    = "smtp.office365.com"
  port                    = 587
  username                = "app@example.org"
  access_token_wo         = ephemeral.smtp_oauth2_token.application.access_token
  access_token_wo_version = 1
}
