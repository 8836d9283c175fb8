package probe_test

import (
	"context"
	"fmt"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/dial"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// A check that fails says why with a finding.
func ExampleEngine_Run() {
	server, err := smtptest.Start(smtptest.Config{Mode: settings.StartTLS, NoStartTLS: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer server.Close()

	engine := probe.New(dial.System{}, dial.System{}, 4)
	_, err = engine.Run(context.Background(), probe.NewRequest(settings.Settings{
		Host: settings.Of("127.0.0.1"), Port: settings.Of(int64(server.Port())),
		TLSMode: settings.Of(settings.StartTLS), Verify: settings.Of(settings.VerifyHandshake),
	}))
	fmt.Println(finding.Of(err).Code)
	// Output: starttls-not-offered
}
