package wire_test

import (
	"testing"

	"github.com/emersion/go-sasl"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/wire"
)

// If this fails, a login or a message counts as made that never went out, because the
// server had said something unasked before: then no other attempt makes it.
func TestNothingSentOutOfStep(t *testing.T) {
	for name, step := range map[string]func(*testing.T, *wire.Conn) error{
		"AUTH": func(t *testing.T, c *wire.Conn) error {
			_, err := c.Authenticate(within(t), "PLAIN", sasl.NewPlainClient("", "me", password))
			return err
		},
		"DATA": func(t *testing.T, c *wire.Conn) error {
			_, err := c.Send(within(t), []byte("Subject: x\r\n\r\n"), false)
			return err
		},
		"BDAT": func(t *testing.T, c *wire.Conn) error {
			_, err := c.Send(within(t), []byte("Subject: x\r\n\r\n"), true)
			return err
		},
	} {
		for stray, want := range map[string]string{"250 more": "protocol-desync", "421 bye": refused} {
			run(t, name+" after "+stray, func(t *testing.T) {
				conn := play(t, `s: 220 hi\r\n`+stray+`\r\n`)
				if _, err := conn.Greeting(within(t)); err != nil {
					t.Fatal(err)
				}
				if err := step(t, conn); string(code(err)) != want {
					t.Errorf("code %q, want %q (%v)", code(err), want, err)
				}
				if conn.AuthSent() || conn.DataSent() || conn.MessageSent() {
					t.Errorf("AUTH sent: %t, DATA sent: %t, message sent: %t", conn.AuthSent(), conn.DataSent(), conn.MessageSent())
				}
			})
		}
	}
}
