# Grafana by its Helm chart: settings as env, credentials from a secret of the
# cluster.

terraform {
  required_version = ">= 1.11"

  required_providers {
    smtp = {
      source  = "seed-77eeb0cc/smtp"
      version = "~> 0.1"
    }
    helm = {
      source = "hashicorp/helm"
    }
    kubernetes = {
      source = "hashicorp/kubernetes"
    }
  }
}

variable "smtp_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "smtp_connection" "mail" {
  host                = "smtp.example.org"
  port                = 587
  username            = "app"
  password_wo         = var.smtp_password
  password_wo_version = 1
  from                = "noreply@example.org"
  clients             = ["grafana"]
}

resource "kubernetes_secret_v1" "mail" {
  metadata {
    name = "grafana-mail"
  }

  data_wo_revision = smtp_connection.mail.password_wo_version
  data_wo = provider::smtp::client_secrets(smtp_connection.mail.settings, "grafana", {
    username = smtp_connection.mail.username
    password = var.smtp_password
  })
}

resource "helm_release" "grafana" {
  name       = "grafana"
  repository = "https://grafana.github.io/helm-charts"
  chart      = "grafana"

  values = [yamlencode({
    env           = provider::smtp::client_env(smtp_connection.mail.settings, "grafana")
    envFromSecret = kubernetes_secret_v1.mail.metadata[0].name
  })]
}

output "values" {
  value = helm_release.grafana.values[0]
}
