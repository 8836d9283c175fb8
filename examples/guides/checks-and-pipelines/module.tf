# What depends on mail that works says so.
resource "terraform_data" "deployment" {
  input = smtp_connection.mail.settings

  lifecycle {
    precondition {
      condition     = smtp_connection.mail.verified
      error_message = "The mail server was not verified: the provider is offline."
    }
  }
}
