# Several connections from one variable. What is left out takes its default.

terraform {
  required_version = ">= 1.11"

  required_providers {
    smtp = {
      source  = "seed-77eeb0cc/smtp"
      version = "~> 0.1"
    }
  }
}

variable "connections" {
  type = map(object({
    host          = string
    port          = optional(number)
    tls_mode      = optional(string)
    username      = optional(string)
    from          = optional(string)
    clients       = optional(set(string))
    password_turn = optional(number, 1)
  }))

  default = {
    alerts = {
      host     = "smtp.example.org"
      port     = 587
      username = "app"
      from     = "noreply@example.org"
      clients  = ["alertmanager"]
    }
  }

  validation {
    condition     = alltrue([for name, c in var.connections : c.username != null || c.clients == null])
    error_message = "A connection for clients needs a username."
  }
}

variable "smtp_passwords" {
  type      = map(string)
  sensitive = true
  ephemeral = true
  default   = {}
}

resource "smtp_connection" "mail" {
  for_each = var.connections

  host                = each.value.host
  port                = each.value.port
  tls_mode            = each.value.tls_mode
  username            = each.value.username
  password_wo         = each.value.username == null ? null : lookup(var.smtp_passwords, each.key, null)
  password_wo_version = each.value.username == null ? null : each.value.password_turn
  from                = each.value.from
  clients             = each.value.clients
}

output "settings" {
  value = { for name, mail in smtp_connection.mail : name => mail.settings }
}
