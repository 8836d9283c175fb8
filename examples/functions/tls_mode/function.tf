variable "port" {
  type    = number
  default = 465
}

output "tls_mode" {
  value = provider::smtp::tls_mode(var.port)
}
