package settings

import (
	"slices"
	"strconv"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
)

// Edited returns the settings after an edit. An expression that is no literal makes
// its argument unknown.
func (s Settings) Edited(edit finding.Fix) Settings {
	for _, name := range edit.Remove {
		s.change(name, "null")
	}
	for _, a := range edit.Set {
		s.change(a.Name, a.Expression)
	}
	return s
}

func (s *Settings) change(name, expression string) {
	if strings.HasSuffix(strings.TrimSuffix(name, "_version"), "_wo") {
		s.WriteOnly, s.MayBeNull = without(s.WriteOnly, name), without(s.MayBeNull, name)
		if expression != "null" {
			s.WriteOnly = append(s.WriteOnly, name)
		}
	}
	if secret := strings.TrimSuffix(name, "_wo"); expression == "null" && slices.Contains(s.Twice, secret) {
		s.Twice = without(s.Twice, secret)
		return // the other one is still given
	}
	switch strings.TrimSuffix(name, "_wo") {
	case "host":
		s.Host = text[string](expression)
	case "port":
		s.Port = literal(expression, func(e string) (int64, error) { return strconv.ParseInt(e, 10, 64) })
	case "tls_mode":
		s.TLSMode = text[TLSMode](expression)
	case "username":
		s.Username = text[string](expression)
	case "password":
		s.Password = later[secret.String](expression)
	case "access_token":
		s.AccessToken = later[secret.String](expression)
	case "auth_mechanism":
		s.AuthMechanism = text[Mechanism](expression)
	case "from":
		s.From = text[string](expression)
	case "rcpt_to":
		s.RcptTo = later[[]string](expression)
	case "ca_cert_pem":
		s.CACertPEM = later[string](expression)
	case "client_cert_pem":
		s.ClientCertPEM = later[string](expression)
	case "client_key_pem":
		s.ClientKeyPEM = later[secret.String](expression)
	case "tls_server_name":
		s.TLSServerName = text[string](expression)
	case "tls_min_version":
		s.TLSMinVersion = text[string](expression)
	case "insecure":
		s.Insecure = literal(expression, strconv.ParseBool)
	case "ehlo_name":
		s.EHLOName = text[string](expression)
	case "verify":
		s.Verify = text[Verify](expression)
	case "clients":
		s.Clients = later[[]string](expression)
	case "ignore_rules":
		s.IgnoreRules = later[[]string](expression)
	case "retry_attempts":
		s.RetryAttempts = literal(expression, func(e string) (int64, error) { return strconv.ParseInt(e, 10, 64) })
	case "message_subject":
		s.MessageSubject = text[string](expression)
	case "timeout":
		s.Timeout = text[string](expression)
	}
}

// without returns a copy of names that lacks one.
func without(names []string, name string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(other string) bool { return other == name })
}

// literal reads an expression: null is no value, and an expression that read refuses
// is unknown.
func literal[T any](expression string, read func(string) (T, error)) Value[T] {
	if expression == "null" {
		return Value[T]{}
	}
	v, err := read(expression)
	if err != nil {
		return Unknown[T]()
	}
	return Of(v)
}

func text[T ~string](expression string) Value[T] {
	return literal(expression, func(e string) (T, error) {
		word, err := strconv.Unquote(e)
		return T(word), err
	})
}

func later[T any](expression string) Value[T] {
	return literal(expression, func(string) (T, error) {
		var none T
		return none, strconv.ErrSyntax
	})
}
