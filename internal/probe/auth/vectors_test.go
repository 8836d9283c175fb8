package auth

import (
	"testing"

	"github.com/xdg-go/scram"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// If this fails, a message differs from the examples of RFC 5802 section 5 and RFC 7677
// section 3, with the nonces of the documents: a wrong byte is a wrong password to
// every server.
func TestSCRAMVectors(t *testing.T) {
	for _, tt := range []struct {
		mechanism                       settings.Mechanism
		hash                            scram.HashGeneratorFcn
		nonce                           string
		first, serverFirst, final, last string
	}{
		{
			settings.ScramSHA1, scram.SHA1, "fyko+d2lbbFgONRv9qkxdawL",
			"n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL",
			"r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
			"c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
			"v=rmF9pqV8S7suAoZWja4dJRkFsKQ=",
		},
		{
			settings.ScramSHA256, scram.SHA256, "rOprNGfwEbeRWgbNEkqO",
			"n,,n=user,r=rOprNGfwEbeRWgbNEkqO",
			"r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
			"c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
			"v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
		},
	} {
		t.Run(string(tt.mechanism), func(t *testing.T) {
			client, err := tt.hash.NewClient("user", "pencil", "")
			if err != nil {
				t.Fatal(err)
			}
			client.WithNonceGenerator(func() string { return tt.nonce })
			c := &scramClient{mechanism: tt.mechanism, talk: client.NewConversation(), fewest: fewestIterations}
			if _, got, err := c.Start(); err != nil || string(got) != tt.first {
				t.Fatalf("%q, %v", got, err)
			}
			if got, err := c.Next([]byte(tt.serverFirst)); err != nil || string(got) != tt.final {
				t.Fatalf("%q, %v", got, err)
			}
			if c.Verify() == nil {
				t.Error("verified before the server's proof")
			}
			if got, err := c.Next([]byte(tt.last)); err != nil || got == nil || len(got) != 0 {
				t.Errorf("%q, %v", got, err)
			}
			if err := c.Verify(); err != nil {
				t.Error(err)
			}
		})
	}
}
