package provider_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/clients"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// choices are the values that the attributes of an argument can take. An attribute
// may be null or left out too.
type choices map[string][]any

var (
	settingsChoices = choices{
		"host": {
			"smtp.corp.internal", "localhost", "127.0.0.1", "::1", "smtp.gmail.com", "smtp-mail.outlook.com", "imap.gmail.com", "smtp.gmial.com",
			"contoso-com.mail.protection.outlook.com", "a b",
		},
		"port":     {465, 587, 25, 2525, 1025, 2465, "587"},
		"tls_mode": {"implicit", "starttls", "none"},
		"auth":     {"none", "password", "oauth2"},
		"from":     {"robot@corp.internal", "nobody", ""},

		"auth_mechanism":          {"LOGIN", "PLAIN", "XOAUTH2", "NTLM"},
		"auth_mechanism_declared": {true, false},
		"ehlo_name":               {"app.corp.internal"},
		"tls_server_name":         {"smtp.corp.internal", "mail.corp.internal"},
		"private_ca":              {true, false},
		"client_certificate":      {true, false},
		"insecure":                {true, false},
		"username":                {"robot"},
	}
	clientChoices = merged(settingsChoices, choices{
		"username": {"robot", "ro:bot"}, "ca_file": {"/etc/ssl/ca.pem"}, "cert_file": {"/etc/ssl/client.pem"},
		"key_file": {"/etc/ssl/client.key"}, "secret_name": {"smtp"}, "ca_cert_pem": {"PEM"}, "timeout": {"30s"},
	})
	validateChoices = merged(settingsChoices, choices{
		"port":            {465, 587, 25, 2525, 588, 0},
		"tls_mode":        {"implicit", "starttls", "none", "ssl"},
		"username":        {"robot", "robot@corp.internal", "apikey"},
		"auth_mechanism":  {"PLAIN", "EXTERNAL", "XOAUTH2", "CRAM-MD5", "plain"},
		"tls_server_name": {"smtp.corp.internal", "a b"},
		"tls_min_version": {"1.3", "1.1"},
		"insecure":        {true, false},
		"ca_cert_pem":     {"no PEM"},
		"client_cert_pem": {"no PEM"},
		"ehlo_name":       {"app.corp.internal", "a b"},
		"verify":          {"none", "handshake", "auth", "envelope", "login"},
		"rcpt_to":         {[]any{"b@corp.internal"}, []any{"nobody"}, []any{later}, []any{}},
		"clients":         {[]any{"grafana", "django"}, []any{"airflow", later}, []any{"grafna"}},
		"ignore_rules":    {[]any{"port-25"}, []any{"port25"}, []any{later}},
		"message_subject": {"Test", "a\nb"},
		"retry_attempts":  {3, 0},
		"timeout":         {"30s", "30"},
	})
	credentialChoices = choices{
		"username":     {"robot", "ro:bot", "me@corp.internal", ""},
		"password":     {"hunter2", "a\nb", "\"", ""},
		"access_token": {"token", ""},
	}
	endpointChoices = choices{
		"port": {465, 587, 25, 2525, "465"}, "tls_mode": {"implicit", "starttls", "none"},
		"auth": {"none", "password", "oauth2"}, "from": {"a@corp.internal"},
	}
	regionChoices = choices{"region": {"eu-west-1", "us-east-1", "eu", "us", "nowhere"}, "port": {465, 587}}
)

func merged(all ...choices) choices {
	out := choices{}
	for _, c := range all {
		maps.Copy(out, c)
	}
	return out
}

// A call is a function with what its arguments are made of: the attributes of an
// object, or values to choose from.
type call struct {
	function   string
	parameters []any
}

func calls() []call {
	var ids []any
	for _, c := range clients.All() {
		ids = append(ids, c.ID)
	}
	return []call{
		{"validate", []any{validateChoices}},
		{"parse_url", []any{[]any{"smtps://smtp.corp.internal", "smtp://u:p@h:25", "https://h"}}},
		{"url", []any{settingsChoices}},
		{"tls_mode", []any{[]any{465, 587, 0}}},
		{"service", []any{[]any{"gmail", "mailjet", "microsoft365", "sendgrid"}, endpointChoices, endpointChoices}},
		{"service", []any{[]any{"amazon-ses", "mailgun"}, regionChoices, regionChoices}},
		{"client_settings", []any{clientChoices, ids}},
		{"client_env", []any{clientChoices, ids}},
		{"client_secrets", []any{clientChoices, ids, credentialChoices}},
	}
}

// If this fails, what a function returns while a part of its arguments is unknown
// changes once that part is known, or an error at plan is none at apply: Terraform
// then stops with "Provider produced inconsistent final plan", or for nothing.
func TestFunctionsUnderUnknowns(t *testing.T) {
	s := serve(t, smtptest.NewNetwork(0))
	for _, c := range calls() {
		t.Run(c.function, func(t *testing.T) {
			s := s.in(t)
			random := rand.New(rand.NewPCG(3, 4))
			said := 0
			for range 500 {
				given := make([]any, 0, len(c.parameters))
				for _, p := range c.parameters {
					given = append(given, pick(random, p))
				}
				early, refused := s.evaluate(c.function, given)
				switch {
				case !isOpen(given):
					continue // nothing is left to turn out
				case refused != nil || early.IsKnown():
					said++
				}
				for range 6 {
					final := make([]any, len(given))
					for i := range given {
						final[i] = resolve(random, given[i], c.parameters[i])
					}
					late, wrong := s.evaluate(c.function, final)
					switch {
					case refused != nil && wrong == nil:
						t.Fatalf("refused at plan, not at apply: %s\n%v\n%v", refused.Text, given, final)
					case refused == nil && wrong == nil && !holds(early, late):
						t.Fatalf("%v\nreturns %v\n%v\nreturns %v", given, early, final, late)
					}
				}
			}
			if partly := s.schemas.Functions[c.function].Return.Type; partly.Is(tftypes.String) || c.function == "parse_url" {
				return // all or nothing is known
			}
			if said < 50 {
				t.Errorf("something is said early of %d arguments only: the test proves little", said)
			}
		})
	}
}

// evaluate calls a function as Terraform does: an argument that is null is an error,
// and one that is wholly unknown makes the result so, unless the parameter takes it.
func (s *served) evaluate(name string, arguments []any) (tftypes.Value, *tfprotov6.FunctionError) {
	s.Helper()
	definition := s.schemas.Functions[name]
	for i, argument := range arguments {
		if i >= len(definition.Parameters) {
			break
		}
		switch {
		case argument == nil && !definition.Parameters[i].AllowNullValue:
			return tftypes.Value{}, &tfprotov6.FunctionError{Text: "argument must not be null"}
		case argument == later && !definition.Parameters[i].AllowUnknownValues:
			return tftypes.NewValue(definition.Return.Type, tftypes.UnknownValue), nil
		}
	}
	return s.result(name, arguments...)
}

// pick makes an argument, with unknown values in some places.
func pick(random *rand.Rand, from any) any {
	if random.IntN(20) == 0 {
		return later
	}
	attributes, ok := from.(choices)
	if !ok {
		values, _ := from.([]any)
		return values[random.IntN(len(values))]
	}
	made := object{}
	names := slices.Sorted(maps.Keys(attributes))
	for _, i := range random.Perm(len(names))[:min(len(names), 3+random.IntN(5))] {
		switch random.IntN(8) {
		case 0, 1:
			made[names[i]] = later
		case 2:
			made[names[i]] = nil
		default:
			made[names[i]] = pick(random, attributes[names[i]])
		}
	}
	return made
}

// resolve puts a value in the place of each unknown one.
func resolve(random *rand.Rand, given, from any) any {
	attributes, isObject := from.(choices)
	switch v := given.(type) {
	case object:
		out := object{}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			out[name] = resolve(random, v[name], attributes[name])
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, element := range v {
			out[i] = element
			if element == later {
				out[i] = "port-587"
			}
		}
		return out
	case unknownValue:
		if isObject {
			return resolve(random, pick(random, from), from)
		}
		values, _ := from.([]any)
		if n := random.IntN(len(values) + 1); n < len(values) {
			return resolve(random, values[n], from)
		}
		return nil
	}
	return given
}

// isOpen reports whether anything in an argument is unknown.
func isOpen(argument any) bool {
	switch v := argument.(type) {
	case unknownValue:
		return true
	case []any:
		return slices.ContainsFunc(v, isOpen)
	case object:
		return isOpen(slices.Collect(maps.Values(v)))
	}
	return false
}

// holds reports whether what was known early is still so: the same value, of the
// same type.
func holds(early, late tftypes.Value) bool {
	if !early.IsKnown() {
		return early.Type().Is(tftypes.DynamicPseudoType) || early.Type().Equal(late.Type())
	}
	if early.IsNull() || late.IsNull() || !early.Type().Equal(late.Type()) {
		return early.Equal(late)
	}
	var before, after []tftypes.Value
	switch early.Type().(type) {
	case tftypes.Object, tftypes.Map:
		members, others := map[string]tftypes.Value{}, map[string]tftypes.Value{}
		if early.As(&members) != nil || late.As(&others) != nil || len(members) != len(others) {
			return false
		}
		for name, member := range members {
			other, has := others[name]
			if !has || !holds(member, other) {
				return false
			}
		}
		return true
	case tftypes.List, tftypes.Set, tftypes.Tuple:
		return early.As(&before) == nil && late.As(&after) == nil && slices.EqualFunc(before, after, holds)
	}
	return early.Equal(late)
}
