package provider

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// check checks the connection as far as verify asks. It returns the outputs, the reply
// to a test message and the findings. Without a check, the outputs are null and verified
// is false.
func (b *backend) check(ctx context.Context, s settings.Settings) (out probed, reply types.String, found []finding.Finding) {
	out, reply, found = b.probe(ctx, s)
	for i := range found {
		found[i] = rules.Sound(s, found[i])
	}
	return out, reply, found
}

// probe is check with fixes that don't depend on the block.
func (b *backend) probe(ctx context.Context, s settings.Settings) (out probed, reply types.String, found []finding.Finding) {
	out, reply = unprobed(), types.StringNull()
	if s.ResolvedVerify().Or(settings.VerifyNone) == settings.VerifyNone {
		return out, reply, nil
	}
	if b == nil {
		return out, reply, []finding.Finding{finding.Of(errUnconfigured)}
	}
	if b.offline.Or(false) {
		return out, reply, notIgnored(s, []finding.Finding{finding.New("offline", nil)})
	}
	s, unknown := b.inherit(s)
	if len(unknown) > 0 {
		return out, reply, unknown
	}
	report, err := b.engine.Run(ctx, probe.NewRequest(s))
	logReport(ctx, report, err)
	found = notIgnored(s, report.Warnings)
	if err != nil {
		return out, reply, append([]finding.Finding{finding.Of(err)}, found...)
	}
	logIdle(ctx, s, finding.Apply, codesOf(report.Warnings))
	if report.Reply != "" {
		reply = types.StringValue(report.Reply)
	}
	return outputs(report), reply, found
}

// errUnconfigured is the error of a check before Terraform has configured the provider.
// Terraform never asks for one.
var errUnconfigured = errors.New("the provider was not configured before it was asked for a check")

// notIgnored drops the warnings that ignore_rules names.
func notIgnored(s settings.Settings, found []finding.Finding) []finding.Finding {
	ignored := s.IgnoreRules.Or(nil)
	return slices.DeleteFunc(slices.Clone(found), func(f finding.Finding) bool {
		return f.Ignorable && slices.Contains(ignored, string(f.Code))
	})
}

func codesOf(found []finding.Finding) []finding.Code {
	codes := make([]finding.Code, 0, len(found))
	for _, f := range found {
		codes = append(codes, f.Code)
	}
	return codes
}

// applyRules applies the rules. Once the whole block is known, it also logs the codes in
// ignore_rules that suppress nothing.
func applyRules(ctx context.Context, s settings.Settings, known bool) []finding.Finding {
	found, kept := rules.Judge(s)
	if known {
		logIdle(ctx, s, finding.Plan, kept)
	}
	return found
}

func unprobed() probed {
	return probed{
		Verified:          types.BoolValue(false),
		Server:            types.ObjectNull(serverTypes),
		TLS:               types.ObjectNull(tlsTypes),
		AuthMechanismUsed: types.StringNull(),
	}
}

func unknownProbed() probed {
	return probed{
		Verified:          types.BoolUnknown(),
		Server:            types.ObjectUnknown(serverTypes),
		TLS:               types.ObjectUnknown(tlsTypes),
		AuthMechanismUsed: types.StringUnknown(),
	}
}

// outputs turns the report of a check that passed into attributes.
func outputs(r *probe.Report) probed {
	out := unprobed()
	out.Verified = types.BoolValue(true)
	size := types.Int64Null()
	if n, ok := r.Capabilities.Size(); ok {
		size = types.Int64Value(n)
	}
	out.Server = types.ObjectValueMust(serverTypes, map[string]attr.Value{
		"greeting":         types.StringValue(r.Greeting),
		"address":          types.StringValue(r.Address.String()),
		"capabilities":     textsOf(r.Capabilities.List()),
		"auth_mechanisms":  textsOf(r.Capabilities.Mechanisms()),
		"max_message_size": size,
	})
	if c := r.TLS; c != nil {
		out.TLS = types.ObjectValueMust(tlsTypes, map[string]attr.Value{
			"version":      types.StringValue(c.Version),
			"cipher_suite": types.StringValue(c.CipherSuite),
			"certificate": types.ObjectValueMust(certificateTypes, map[string]attr.Value{
				"subject":            types.StringValue(c.Subject),
				"issuer":             types.StringValue(c.Issuer),
				"dns_names":          textsOf(c.DNSNames),
				"not_before":         rfc3339(c.NotBefore),
				"not_after":          rfc3339(c.NotAfter),
				"sha256_fingerprint": types.StringValue(c.SHA256),
			}),
		})
	}
	if r.Mechanism != "" {
		out.AuthMechanismUsed = types.StringValue(string(r.Mechanism))
	}
	return out
}

func textsOf(texts []string) types.List {
	elements := make([]attr.Value, 0, len(texts))
	for _, t := range texts {
		elements = append(elements, types.StringValue(t))
	}
	return types.ListValueMust(types.StringType, elements)
}

// logIdle logs the codes in ignore_rules that suppressed nothing: they may be left over
// from a mistake that was fixed.
func logIdle(ctx context.Context, s settings.Settings, stage finding.Stage, kept []finding.Code) {
	for _, word := range s.IgnoreRules.Or(nil) {
		row, ok := finding.Lookup(finding.Code(word))
		if ok && row.Stage == stage && !slices.Contains(kept, row.Code) {
			tflog.Debug(ctx, "ignore_rules names a code that suppresses nothing", map[string]any{"code": word})
		}
	}
}

// logReport writes what a check saw: the phases at debug, the redacted
// transcript at trace level.
func logReport(ctx context.Context, r *probe.Report, err error) {
	for _, p := range r.Phases {
		tflog.Debug(ctx, "smtp phase", map[string]any{"phase": p.Name, "took": p.Took.Round(time.Millisecond).String()})
	}
	for _, line := range r.Transcript {
		tflog.Trace(ctx, "smtp transcript", map[string]any{"line": line})
	}
	if err != nil {
		tflog.Debug(ctx, "smtp check failed", map[string]any{"code": string(finding.Of(err).Code)})
	}
}
