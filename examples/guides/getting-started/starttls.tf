resource "smtp_connection" "submission" {
  host                = "smtp.example.org"
  port                = 587 # tls_mode "starttls"
  username            = "app"
  password_wo         = var.smtp_password
  password_wo_version = 1
}

resource "smtp_connection" "alternative" {
  host     = "smtp.example.org"
  port     = 2525
  tls_mode = "starttls"
}
