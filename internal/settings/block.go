package settings

import (
	"slices"
	"strconv"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
)

// Block returns the settings in the form in which fixes depend on them. It contains no
// secret.
func (s Settings) Block() finding.Block {
	b := finding.Block{
		Given:     map[string]string{},
		Implied:   map[string]string{},
		WriteOnly: s.TakesWriteOnly,
		Complete:  complete,
	}
	given(b, "host", s.Host, finding.Quoted)
	given(b, "port", s.Port, decimal)
	given(b, "tls_mode", s.TLSMode, quoted)
	given(b, "username", s.Username, hidden)
	given(b, s.Argument("password"), s.Password, sealed)
	given(b, s.Argument("access_token"), s.AccessToken, sealed)
	given(b, "auth_mechanism", s.AuthMechanism, quoted)
	given(b, "from", s.From, finding.Quoted)
	given(b, "rcpt_to", s.RcptTo, finding.List)
	given(b, "message_subject", s.MessageSubject, finding.Quoted)
	given(b, "ca_cert_pem", s.CACertPEM, hidden)
	given(b, "client_cert_pem", s.ClientCertPEM, hidden)
	given(b, s.Argument("client_key_pem"), s.ClientKeyPEM, sealed)
	given(b, "tls_server_name", s.TLSServerName, finding.Quoted)
	given(b, "tls_min_version", s.TLSMinVersion, finding.Quoted)
	given(b, "insecure", s.Insecure, strconv.FormatBool)
	given(b, "ehlo_name", s.EHLOName, finding.Quoted)
	given(b, "verify", s.Verify, quoted)
	given(b, "clients", s.Clients, finding.List)
	given(b, "ignore_rules", s.IgnoreRules, finding.List)
	given(b, "retry_attempts", s.RetryAttempts, decimal)
	given(b, "timeout", s.Timeout, finding.Quoted)
	for _, name := range slices.Concat(s.WriteOnly, s.Twice) {
		b.Given[name] = ""
	}
	implied(b, "port", s.Port, s.ResolvedPort(), decimal)
	implied(b, "tls_mode", s.TLSMode, s.ResolvedMode(), quoted)
	implied(b, "verify", s.Verify, s.ResolvedVerify(), quoted)
	implied(b, "tls_min_version", s.TLSMinVersion, Of(DefaultTLSMin), finding.Quoted)
	implied(b, "insecure", s.Insecure, Of(false), strconv.FormatBool)
	return b
}

// Argument returns the name under which a secret is given, or would be: a resource
// also takes secrets as write-only arguments.
func (s Settings) Argument(name string) string {
	unset := false
	switch name {
	case "password":
		unset = s.Password.IsUnset()
	case "access_token":
		unset = s.AccessToken.IsUnset()
	case "client_key_pem":
		unset = s.ClientKeyPEM.IsUnset()
	}
	if slices.Contains(s.WriteOnly, name+"_wo") && !slices.Contains(s.Twice, name) || s.TakesWriteOnly && unset {
		return name + "_wo"
	}
	return name
}

func given[T any](b finding.Block, name string, v Value[T], hcl func(T) string) {
	if !v.IsUnset() {
		b.Given[name] = Map(v, hcl).Or("")
	}
}

func implied[T any](b finding.Block, name string, declared, resolved Value[T], hcl func(T) string) {
	if v, known := resolved.Get(); known && declared.IsUnset() {
		b.Implied[name] = hcl(v)
	}
}

func decimal(n int64) string { return strconv.FormatInt(n, 10) }

func quoted[T ~string](word T) string { return finding.Quoted(string(word)) }

// hidden and sealed take the place of values that no fix proposes.
func hidden(string) string { return "" }

func sealed(secret.String) string { return "" }

// complete changes the port with the mode, or the mode with the port, where an edit
// changes one of them and the other is declared and contradicts it.
func complete(edit finding.Fix, after map[string]string) finding.Fix {
	port, err := strconv.Atoi(after["port"])
	mode := TLSMode(strings.Trim(after["tls_mode"], `"`))
	if err != nil || !slices.Contains(TLSModes, mode) || !Contradicts(port, mode) {
		return finding.Fix{}
	}
	sets := func(name string) bool {
		return slices.ContainsFunc(edit.Set, func(a finding.Argument) bool { return a.Name == name })
	}
	switch other, _ := Counterpart(port); {
	case sets("port") && !sets("tls_mode"):
		return finding.Set("tls_mode = " + quoted(ModeOfPort(port)))
	case sets("tls_mode") && !sets("port") && mode != NoTLS:
		return finding.Set("port = " + strconv.Itoa(other))
	}
	return finding.Fix{}
}
