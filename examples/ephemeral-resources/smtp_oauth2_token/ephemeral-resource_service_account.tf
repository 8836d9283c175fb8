variable "service_account" {
  type      = string # the key file (JSON) of Google's
  sensitive = true
  ephemeral = true
}

# A service account of Google's that acts for a mailbox of the Workspace: it needs
# domain-wide delegation for this scope.
ephemeral "smtp_oauth2_token" "service_account" {
  token_url       = "https://oauth2.googleapis.com/token"
  private_key_pem = jsondecode(var.service_account).private_key
  private_key_id  = jsondecode(var.service_account).private_key_id
  issuer          = jsondecode(var.service_account).client_email
  subject         = "app@example.org"
  scopes          = ["https://mail.google.com/"]
}

ephemeral "smtp_connection" "workspace" {
  host         = "smtp.gmail.com"
  port         = 587
  username     = "app@example.org"
  access_token = ephemeral.smtp_oauth2_token.service_account.access_token
  verify       = "auth"
}
