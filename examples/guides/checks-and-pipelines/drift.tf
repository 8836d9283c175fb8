resource "smtp_connection" "mail" {
  host    = var.smtp_host
  port    = var.smtp_port
  refresh = "handshake"

  triggers = {
    release = "2026.11"
  }
}
