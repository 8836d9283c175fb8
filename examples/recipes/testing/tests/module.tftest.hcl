# Nothing is contacted: rules and functions are the real ones, and an apply ends
# with verified = false.
provider "smtp" {
  offline = true
}

run "hands_the_settings_on" {
  command = plan

  assert {
    condition     = output.environment.GF_SMTP_STARTTLS_POLICY == "MandatoryStartTLS"
    error_message = "Grafana has to insist on STARTTLS."
  }
}

run "applies_without_a_server" {
  variables {
    smtp = {
      host     = "smtp.corp.internal"
      port     = 465
      username = "app"
    }
    smtp_password = "not a real one"
  }

  assert {
    condition     = !output.verified
    error_message = "Nothing can be verified offline."
  }
}

run "refuses_what_cannot_work" {
  command = plan

  variables {
    smtp = {
      host     = "smtp.corp.internal"
      port     = 465
      tls_mode = "starttls"
    }
  }

  expect_failures = [var.smtp]
}
