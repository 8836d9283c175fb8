variable "stored_password" {
  type      = string
  sensitive = true
}

# The password is in the state, in clear.
resource "smtp_connection" "stored" {
  host     = "smtp.example.org"
  username = "app"
  password = var.stored_password
}
