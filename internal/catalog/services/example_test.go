package services_test

import (
	"fmt"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/services"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

func ExampleByHost() {
	service, known := services.ByHost("email-smtp.eu-west-1.amazonaws.com")
	fmt.Println(service.Name, known, service.Speaks(2587, settings.StartTLS))
	// Output: Amazon SES true true
}
