# Run with: terraform test

run "defaults" {
  command = plan

  assert {
    condition     = output.environments["grafana"]["GF_SMTP_HOST"] == "relay.corp.internal:465"
    error_message = "Grafana gets another host or port."
  }

  assert {
    condition     = output.url == "smtps://relay.corp.internal:465"
    error_message = "The URL is another one: ${output.url}"
  }

  assert {
    condition     = length(output.warnings) == 0 && output.fallback == null
    error_message = "There is something to warn of."
  }
}

run "starttls_is_weaker_for_keycloak" {
  command = plan

  variables {
    smtp = { host = "relay.corp.internal", port = 587 }
  }

  assert {
    condition     = length(output.warnings) == 1 && strcontains(join("", output.warnings), "STARTTLS")
    error_message = "No warning that Keycloak can't require STARTTLS."
  }
}

run "known_service" {
  command = plan

  variables {
    smtp = { host = "smtp.sendgrid.net", port = 587, username = "apikey" }
  }

  assert {
    condition     = output.environments["keycloak"]["starttls"] == "true"
    error_message = "Keycloak doesn't use STARTTLS."
  }
}

run "fallback" {
  command = plan

  variables {
    fallback_url = "smtp://app:correct%20horse@smtp.corp.internal"
  }

  assert {
    condition     = output.fallback.host == "smtp.corp.internal" && output.fallback.port == 587 && output.fallback.auth == "password"
    error_message = "The fallback is read in another way."
  }
}

run "implicit_port_with_starttls" {
  command = plan

  variables {
    smtp = { host = "relay.corp.internal", port = 465, tls_mode = "starttls" }
  }

  expect_failures = [var.smtp]
}

run "near_miss_of_a_host" {
  command = plan

  variables {
    smtp = { host = "smtp.gmial.com", port = 465 }
  }

  expect_failures = [var.smtp]
}

run "password_in_clear" {
  command = plan

  variables {
    smtp    = { host = "relay.corp.internal", port = 2525, tls_mode = "none" }
    clients = []
  }

  expect_failures = [var.smtp]
}

run "user_name_of_another_service" {
  command = plan

  variables {
    smtp = { host = "smtp.sendgrid.net", port = 587, username = "app" }
  }

  expect_failures = [var.smtp]
}

run "port_that_grafana_takes_for_starttls" {
  command = plan

  variables {
    smtp = { host = "email-smtp.eu-west-1.amazonaws.com", port = 2465 }
  }

  expect_failures = [var.clients]
}

run "misspelt_client" {
  command = plan

  variables {
    clients = ["grafna"]
  }

  expect_failures = [var.clients]
}

run "url_with_an_unencoded_password" {
  command = plan

  variables {
    fallback_url = "smtps://app:correct/horse@smtp.corp.internal"
  }

  expect_failures = [var.fallback_url]
}

run "url_of_a_web_server" {
  command = plan

  variables {
    fallback_url = "https://smtp.corp.internal"
  }

  expect_failures = [var.fallback_url]
}

run "url_whose_scheme_and_port_disagree" {
  command = plan

  variables {
    fallback_url = "smtp://app:x@smtp.corp.internal:465"
  }

  expect_failures = [var.fallback_url]
}

run "tunnel_with_starttls" {
  command = plan

  variables {
    tunnel_port = 587
  }

  expect_failures = [var.tunnel_port]
}

run "tunnel_without_a_port" {
  command = plan

  variables {
    tunnel_port = 0
  }

  expect_failures = [var.tunnel_port]
}
