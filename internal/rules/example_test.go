package rules_test

import (
	"fmt"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Rules contact nothing. What is unknown is not judged.
func ExampleCheck() {
	s := settings.Settings{
		Host: settings.Of("smtp.corp.internal"), Port: settings.Of[int64](465), TLSMode: settings.Of(settings.StartTLS),
	}
	for _, f := range rules.Check(s) {
		fmt.Println(f.Severity, f.Code)
	}
	s.Port = settings.Unknown[int64]()
	fmt.Println(len(rules.Check(s)))
	// Output:
	// error implicit-tls-port
	// 0
}
