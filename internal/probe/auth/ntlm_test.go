package auth_test

import (
	"crypto/hmac"
	"crypto/md5"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"testing"
	"unicode/utf16"

	"github.com/emersion/go-sasl"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/auth"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
)

// serverChallenge is that of the examples in [MS-NLMP] section 4.2.
const serverChallenge = "\x01\x23\x45\x67\x89\xab\xcd\xef"

// ntlmChallenge is a CHALLENGE message ([MS-NLMP] section 2.2.1.2) with the given
// flags and target information.
func ntlmChallenge(flags uint32, info string) []byte {
	b := append([]byte("NTLMSSP\x00"), 2, 0, 0, 0)
	b = append(b, 0, 0, 0, 0, 48, 0, 0, 0) // no target name
	b = binary.LittleEndian.AppendUint32(b, flags)
	b = append(b, serverChallenge...)
	b = append(b, make([]byte, 8)...)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(info)))
	b = binary.LittleEndian.AppendUint16(b, uint16(len(info)))
	b = binary.LittleEndian.AppendUint32(b, 48)
	return append(b, info...)
}

const (
	unicodeTargetInfo = 0x00800201
	// domainInfo names the domain "Domain" and ends (section 2.2.2.1).
	domainInfo = "\x02\x00\x0c\x00D\x00o\x00m\x00a\x00i\x00n\x00\x00\x00\x00\x00"
)

// field returns what a field of an AUTHENTICATE message points to (section
// 2.2.1.3).
func field(t *testing.T, message []byte, at int) []byte {
	t.Helper()
	if len(message) < at+8 {
		t.Fatalf("a message of %d bytes", len(message))
	}
	length := int(binary.LittleEndian.Uint16(message[at:]))
	offset := int(binary.LittleEndian.Uint32(message[at+4:]))
	if offset+length > len(message) {
		t.Fatalf("a field of %d bytes at %d in %d", length, offset, len(message))
	}
	return message[offset : offset+length]
}

func fromUTF16(b []byte) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}

// If this fails, no server accepts the response. The test checks it as a server does,
// with the key that [MS-NLMP] section 4.2.4.1.1 gives for User, Password and Domain.
func TestNTLM(t *testing.T) {
	key, err := hex.DecodeString("0c868a403bfd7a93a3001ef22ef02e3f")
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		username, domain, user string
		provable               bool
	}{
		"domain and user":  {`Domain\User`, "Domain", "User", true},
		"user and domain":  {"user@example.com", "", "user@example.com", false},
		"user alone":       {"user", "", "user", false},
		"two back slashes": {`Domain\a\b`, "Domain", `a\b`, false},
	} {
		t.Run(name, func(t *testing.T) {
			c := client(t, "NTLM", auth.Credentials{Username: tt.username, Password: secret.New("Password")}, auth.Channel{})
			_, first, err := c.Start()
			if err != nil || len(first) < 16 || string(first[:12]) != "NTLMSSP\x00\x01\x00\x00\x00" {
				t.Fatalf("%q, %v", first, err)
			}
			message, err := c.Next(ntlmChallenge(unicodeTargetInfo, domainInfo))
			if err != nil {
				t.Fatal(err)
			}
			if domain, user := fromUTF16(field(t, message, 28)), fromUTF16(field(t, message, 36)); domain != tt.domain || user != tt.user {
				t.Errorf("domain %q, user %q", domain, user)
			}
			if proof := field(t, message, 20); tt.provable {
				mac := hmac.New(md5.New, key)
				mac.Write([]byte(serverChallenge))
				mac.Write(proof[16:])
				if !hmac.Equal(mac.Sum(nil), proof[:16]) {
					t.Error("the proof is wrong")
				}
			}
			if _, err := c.Next(ntlmChallenge(unicodeTargetInfo, domainInfo)); !errors.Is(err, sasl.ErrUnexpectedServerChallenge) {
				t.Errorf("a second challenge: %v", err)
			}
		})
	}
}

// If this fails, the login fails at servers that take no initial response, say "NTLM
// supported" and wait for the first message; or the client follows one that never comes
// to a challenge.
func TestNTLMFreeText(t *testing.T) {
	for _, text := range []string{"", "NTLM supported"} {
		c := client(t, "NTLM", withPassword, auth.Channel{})
		first := start(t, c)
		if again, err := c.Next([]byte(text)); err != nil || string(again) != first {
			t.Errorf("%q is answered with %q, %v", text, again, err)
		}
		if response, err := c.Next([]byte(text)); response != nil || finding.Of(err).Code != "ntlm-challenge-malformed" {
			t.Errorf("%q again is answered with %q, %v", text, response, err)
		}
	}
	c := client(t, "NTLM", withPassword, auth.Channel{})
	start(t, c)
	if _, err := c.Next(nil); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Next(ntlmChallenge(unicodeTargetInfo, domainInfo)); err != nil {
		t.Errorf("the challenge after it: %v", err)
	}
}

// If a case fails, a challenge makes the client panic, or send a response made of the
// server's bytes.
func TestNTLMChallenges(t *testing.T) {
	good := ntlmChallenge(unicodeTargetInfo, domainInfo)
	outside := append([]byte{}, good...)
	binary.LittleEndian.PutUint32(outside[44:], 0xffffff00)
	wrongType := append([]byte{}, good...)
	wrongType[8] = 3
	for name, tt := range map[string]struct {
		challenge []byte
		code      finding.Code
	}{
		"signature alone":         {good[:8], "ntlm-challenge-malformed"},
		"cut":                     {good[:30], "ntlm-challenge-malformed"},
		"target outside":          {outside, "ntlm-challenge-malformed"},
		"another message":         {wrongType, "ntlm-challenge-malformed"},
		"key exchange":            {ntlmChallenge(unicodeTargetInfo|0x40000000, domainInfo), "ntlm-unsupported"},
		"version 1":               {ntlmChallenge(unicodeTargetInfo|0x80, domainInfo), "ntlm-unsupported"},
		"no target information":   {ntlmChallenge(0x201, ""), ""},
		"no end of the pair list": {ntlmChallenge(unicodeTargetInfo, domainInfo[:8]), "ntlm-challenge-malformed"},
	} {
		t.Run(name, func(t *testing.T) {
			response, err := client(t, "NTLM", withPassword, auth.Channel{}).Next(tt.challenge)
			if tt.code == "" {
				if err != nil || len(response) == 0 {
					t.Fatalf("%q, %v", response, err)
				}
				return
			}
			if response != nil || finding.Of(err).Code != tt.code {
				t.Fatalf("%q, %v", response, err)
			}
			a := attempt("mail.example.com", "NTLM", "501 - cancelled")
			a.ClientErr = err
			complete(t, auth.Refusal(a))
		})
	}
}
