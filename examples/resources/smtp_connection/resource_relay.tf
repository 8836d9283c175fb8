variable "private_ca_pem" {
  type = string
}

# Your own relay: without login, on the port for mail between servers, with a
# certificate from a private CA. List the rules you break on purpose in ignore_rules.
resource "smtp_connection" "relay" {
  host           = "relay.example.org"
  port           = 25
  tls_mode       = "starttls"
  ca_cert_pem    = var.private_ca_pem
  timeout        = "1m"
  retry_attempts = 3
  ignore_rules   = ["port-25"]
}
