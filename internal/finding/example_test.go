package finding_test

import (
	"fmt"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// A finding is a row of the catalogue with facts. For a block it proposes only
// what changes something.
func ExampleNew() {
	f := finding.New("implicit-tls-port", finding.Facts{"port": "465", "mode": "starttls", "other": "587"})
	f = f.In(finding.Block{Given: map[string]string{"port": "465", "tls_mode": `"starttls"`}})
	fmt.Println(f.Summary)
	for _, fix := range f.Fixes {
		fmt.Println(fix)
	}
	// Output:
	// Port 465 speaks TLS from the first byte, but tls_mode is "starttls"
	// tls_mode = "implicit"
	// port = 587
}
