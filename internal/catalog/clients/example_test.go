package clients_test

import (
	"fmt"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/clients"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// One connection in the words of two clients: "secure" is TLS from the first byte
// in Nodemailer, and STARTTLS is a word of its own in Grafana.
func ExampleSettings() {
	conn := clients.Connection{
		Host: "smtp.corp.internal", Port: 587, Mode: settings.StartTLS, Auth: settings.AuthNone, From: "app@corp.example",
	}
	nodemailer, err := clients.Settings("nodemailer", conn)
	if err != nil {
		fmt.Println(err)
		return
	}
	grafana, err := clients.Env("grafana", conn)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(nodemailer["secure"], nodemailer["requireTLS"])
	fmt.Println(grafana["GF_SMTP_STARTTLS_POLICY"])
	// Output:
	// false true
	// MandatoryStartTLS
}
