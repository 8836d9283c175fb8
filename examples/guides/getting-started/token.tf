variable "access_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "smtp_connection" "token" {
  host                    = "smtp.example.org"
  username                = "app@example.org"
  access_token_wo         = var.access_token
  access_token_wo_version = 1
}
