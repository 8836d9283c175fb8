variable "smtp" {
  description = "The mail server. port and tls_mode follow from each other where one is left out."
  type = object({
    host     = string
    port     = optional(number)
    tls_mode = optional(string)
    auth     = optional(string, "password")
    username = optional(string)
    from     = optional(string)
  })
  default = {
    host = "relay.corp.internal"
    port = 465
  }

  validation {
    condition     = provider::smtp::validate(var.smtp).valid
    error_message = join("\n\n", [for e in provider::smtp::validate(var.smtp).errors : "${e.summary}.\n${e.fix}"])
  }
}

variable "clients" {
  description = "Ids of the applications that send through it."
  type        = set(string)
  default     = ["grafana", "keycloak"]

  validation {
    condition = provider::smtp::validate(merge(var.smtp, { clients = var.clients })).valid
    error_message = join("\n\n", [
      for e in provider::smtp::validate(merge(var.smtp, { clients = var.clients })).errors : "${e.summary}.\n${e.fix}"
    ])
  }
}

variable "fallback_url" {
  description = "A second server as a URL, with the credentials in it, or null."
  type        = string
  default     = null
  sensitive   = true

  validation {
    condition     = var.fallback_url == null || can(provider::smtp::parse_url(var.fallback_url))
    error_message = "fallback_url has to be like smtps://user:password@smtp.example.com, with urlencode() around user and password."
  }

  validation {
    condition     = try(provider::smtp::validate(provider::smtp::parse_url(var.fallback_url)).valid, true)
    error_message = "fallback_url can be read, but no mail can be sent that way: port and scheme don't fit, or the host is none for sending."
  }
}

variable "tunnel_port" {
  description = "Port of the tunnel that monitoring goes through. It passes TLS from the first byte alone."
  type        = number
  default     = 465

  validation {
    condition     = try(provider::smtp::tls_mode(var.tunnel_port) == "implicit", false)
    error_message = "tunnel_port has to be one where TLS starts with the first byte: 465, or 2465 at Amazon SES."
  }
}
