package settings_test

import (
	"fmt"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// An argument that is unset takes the default that follows from the others; one
// that is unknown leaves unknown what depends on it.
func ExampleSettings_ResolvedPort() {
	s := settings.Settings{TLSMode: settings.Of(settings.StartTLS)}
	port, known := s.ResolvedPort().Get()
	fmt.Println(port, known)

	s.TLSMode = settings.Unknown[settings.TLSMode]()
	_, known = s.ResolvedPort().Get()
	fmt.Println(known)
	// Output:
	// 587 true
	// false
}

func ExampleURL() {
	host, err := settings.ParseHost("Büro.Example")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(settings.URL(host, 465, settings.Implicit))
	// Output: smtps://xn--bro-hoa.example:465
}
