# A module that refuses settings which can't work, before anything is planned.
variable "smtp" {
  type = object({
    host     = string
    port     = optional(number)
    tls_mode = optional(string)
    username = optional(string)
  })
  default = {
    host     = "smtp.sendgrid.net"
    port     = 587
    username = "apikey"
  }

  validation {
    condition     = provider::smtp::validate(var.smtp).valid
    error_message = join("\n", [for e in provider::smtp::validate(var.smtp).errors : "${e.summary}.\n${e.fix}"])
  }
}

# Without a variable: what is wrong with this one?
output "errors" {
  value = provider::smtp::validate({ host = "smtp.sendgrid.net", port = 465, tls_mode = "starttls" }).errors[*].code
}
