package provider

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

var (
	_ basetypes.Int64Typable      = wholeNumberType{}
	_ basetypes.Int64Valuable     = wholeNumber{}
	_ xattr.ValidateableAttribute = wholeNumber{}
)

// wholeNumberType is the type of number arguments. The framework's own type reports 465.5
// as a bug in the provider; this one says what is wrong, at the argument.
type wholeNumberType struct{ basetypes.Int64Type }

func (t wholeNumberType) Equal(other attr.Type) bool {
	_, same := other.(wholeNumberType)
	return same
}

func (t wholeNumberType) String() string { return "wholeNumberType" }

func (t wholeNumberType) ValueType(context.Context) attr.Value { return wholeNumber{} }

func (t wholeNumberType) ValueFromInt64(_ context.Context, v basetypes.Int64Value) (basetypes.Int64Valuable, diag.Diagnostics) {
	return wholeNumber{Int64Value: v}, nil
}

// ValueFromTerraform turns a number that is no int64 into an unknown one, so that no rule
// says anything else about it.
func (t wholeNumberType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	var given *big.Float
	if in.IsKnown() && !in.IsNull() {
		if err := in.As(&given); err != nil {
			return nil, err
		}
		if _, accuracy := given.Int64(); accuracy != big.Exact {
			return wholeNumber{types.Int64Unknown(), given.Text('g', 20)}, nil
		}
	}
	v, err := t.Int64Type.ValueFromTerraform(ctx, in)
	if err != nil {
		return nil, err
	}
	held, ok := v.(basetypes.Int64Value)
	if !ok {
		return nil, fmt.Errorf("a number of type %T", v)
	}
	return wholeNumber{Int64Value: held}, nil
}

// wholeNumber is a number argument.
type wholeNumber struct {
	basetypes.Int64Value
	unusable string // the given number, if it is no int64
}

func (n wholeNumber) Type(context.Context) attr.Type { return wholeNumberType{} }

func (n wholeNumber) Equal(other attr.Value) bool {
	o, same := other.(wholeNumber)
	return same && n.unusable == o.unusable && n.Int64Value.Equal(o.Int64Value)
}

// ValidateAttribute refuses what is no int64.
func (n wholeNumber) ValidateAttribute(_ context.Context, req xattr.ValidateAttributeRequest, resp *xattr.ValidateAttributeResponse) {
	if n.unusable == "" {
		return
	}
	facts := finding.Facts{"argument": req.Path.String(), "number": n.unusable}
	if meant := wholePart(n.unusable); meant >= 1 && meant <= greatest[req.Path.String()] {
		facts["meant"] = strconv.FormatInt(meant, 10)
	}
	resp.Diagnostics.Append(diagnostic(finding.New("number-unusable", facts), req.Path))
}

// mostPerHost is the greatest max_connections_per_host.
const mostPerHost = 100

// greatest are the greatest numbers that arguments take, to propose no greater one. The
// least is 1.
var greatest = map[string]int64{
	"port": 65535, "retry_attempts": 10, "max_connections_per_host": mostPerHost,
	"password_wo_version": math.MaxInt32, "access_token_wo_version": math.MaxInt32, "client_key_pem_wo_version": math.MaxInt32,
}

// wholePart returns a number without its fraction, or 0.
func wholePart(number string) int64 {
	f, _, err := big.ParseFloat(number, 10, 64, big.ToZero)
	if err != nil || f.IsInt() { // too large, then
		return 0
	}
	whole, _ := f.Int64()
	return whole
}

// perHost are the numbers that max_connections_per_host may be.
type perHost struct{ least, most int64 }

// Description implements [validator.Describer].
func (n perHost) Description(context.Context) string {
	return fmt.Sprintf("a number from %d to %d", n.least, n.most)
}

// MarkdownDescription is the same.
func (n perHost) MarkdownDescription(ctx context.Context) string { return n.Description(ctx) }

// ValidateInt64 refuses every other number.
func (n perHost) ValidateInt64(_ context.Context, req validator.Int64Request, resp *validator.Int64Response) {
	number := req.ConfigValue.ValueInt64()
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() || number >= n.least && number <= n.most {
		return
	}
	resp.Diagnostics.Append(diagnostic(finding.New("provider-connections-per-host", finding.Facts{"number": strconv.FormatInt(number, 10)}), req.Path))
}
