variable "private_ca_pem" {
  type = string
}

resource "smtp_connection" "private" {
  host            = "mail-1.example.org"
  ca_cert_pem     = var.private_ca_pem # in place of the system's roots
  tls_server_name = "smtp.example.org" # the name in the certificate
  tls_min_version = "1.3"
}
