terraform {
  required_providers {
    smtp = { source = "seed-77eeb0cc/smtp" }
  }
}

resource "smtp_connection" "mail" {
  host    = "relay.corp.internal"
  port    = 2465
  clients = ["grafana", "django"]
}
