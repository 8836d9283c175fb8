# Port 587 begins in clear text and is upgraded by STARTTLS. Here the server is
# also asked whether it takes mail from this sender to this recipient; no message
# is sent. The check runs again when the application's version changes, and
# refresh looks whether the server still shakes hands.
resource "smtp_connection" "orders" {
  host                = "smtp.example.org"
  port                = 587
  tls_mode            = "starttls"
  username            = "app"
  password_wo         = var.smtp_password
  password_wo_version = 1
  verify              = "envelope"
  from                = "orders@example.org"
  rcpt_to             = ["postmaster@example.org"]
  refresh             = "handshake"
  triggers            = { app_version = "2.4.0" }
}
