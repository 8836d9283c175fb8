variable "smtp_host" {
  type    = string
  default = "smtp.example.org"
}

variable "smtp_port" {
  type    = number
  default = 465
}

# Never fails, and contacts nothing: the rules' answer, as data.
data "smtp_connection" "judged" {
  host       = var.smtp_host
  port       = var.smtp_port
  on_failure = "report"
}

output "mail_settings_ok" {
  value = data.smtp_connection.judged.ok
}

output "mail_settings_findings" {
  value = [for f in data.smtp_connection.judged.findings : "${f.severity} ${f.code}: ${f.summary}"]
}
