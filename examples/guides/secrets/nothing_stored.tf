variable "smtp_password" {
  type      = string
  sensitive = true
  ephemeral = true # neither in the plan nor in the state
}

resource "smtp_connection" "mail" {
  host                = "smtp.example.org"
  username            = "app"
  password_wo         = var.smtp_password
  password_wo_version = 3 # raised with each new password
}
