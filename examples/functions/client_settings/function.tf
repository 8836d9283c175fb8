# What Nodemailer's createTransport takes, in its own types.
output "nodemailer" {
  value = provider::smtp::client_settings({
    host     = "smtp.example.org"
    port     = 587
    tls_mode = "starttls"
    auth     = "password"
  }, "nodemailer")
}
