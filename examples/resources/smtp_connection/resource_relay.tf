variable "private_ca_pem" {
  type = string
}

# A relay of one's own: without login, on the port that is meant for mail between
# servers, and with a certificate of a private authority. Whoever means it names
# the rules.
resource "smtp_connection" "relay" {
  host           = "relay.example.org"
  port           = 25
  tls_mode       = "starttls"
  ca_cert_pem    = var.private_ca_pem
  timeout        = "1m"
  retry_attempts = 3
  ignore_rules   = ["port-25"]
}
