package provider

import (
	"context"
	"errors"
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// functions are the provider's functions. They contact nothing, and return the same for
// the same arguments.
var functions = []providerFunction{
	validateFunction,
	parseURLFunction,
	urlFunction,
	tlsModeFunction,
	serviceFunction,
	clientSettingsFunction,
	clientEnvFunction,
	clientSecretsFunction,
}

// providerFunction is one function: how it is called, and what it returns.
type providerFunction struct {
	name       string
	definition function.Definition
	run        func(context.Context, function.ArgumentsData) (attr.Value, *function.FuncError)
}

var _ function.Function = providerFunction{}

func newFunctions() []func() function.Function {
	made := make([]func() function.Function, 0, len(functions))
	for _, f := range functions {
		made = append(made, func() function.Function { return f })
	}
	return made
}

func (f providerFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = f.name
}

func (f providerFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = f.definition
}

func (f providerFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	result, failed := f.run(ctx, req.Arguments)
	if failed == nil {
		failed = resp.Result.Set(ctx, result)
	}
	resp.Error = failed
}

// echoing are the facts that repeat an argument. Terraform prints the error of a function
// even if the argument is sensitive, so these facts are dropped there, together with the
// lines that need them.
var echoing = []string{"host", "port", "id", "from", "ehlo_name", "server_name"}

// badArgument shows a finding as the error of the argument at a position. A call has no
// ignore_rules, so none is proposed.
func badArgument(position int64, err error) *function.FuncError {
	code, facts := finding.Unexpected, finding.Facts{"error": "no more is known"}
	var coded finding.Coded
	if errors.As(err, &coded) {
		e := coded.Finding()
		code, facts = e.Code, maps.Clone(e.Facts)
	}
	for _, name := range echoing {
		delete(facts, name)
	}
	f := finding.New(code, facts)
	f.Ignorable = false
	paragraphs := append([]string{f.Summary + "."}, f.Cause...)
	if fix := f.Fix(); fix != "" {
		paragraphs = append(paragraphs, fix)
	}
	paragraphs = append(paragraphs, "  see "+documentation(f.Code),
		"The code of this error is "+string(f.Code)) // Terraform adds a full stop
	return function.NewArgumentFuncError(position, strings.Join(paragraphs, "\n\n"))
}
