package oauth2token

import (
	"context"
	"crypto/tls"
	"errors"
	"maps"
	"net"
	"net/http"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/lazyregexp"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/certs"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// rejections are the error codes of RFC 6749 section 5.2 that have their own finding;
// all others share one.
var rejections = map[string]finding.Code{
	"invalid_client":         "oauth2-client-rejected",
	"invalid_scope":          "oauth2-scope-rejected",
	"unauthorized_client":    "oauth2-grant-not-allowed", //nolint:misspell // as the RFC writes it
	"unsupported_grant_type": "oauth2-grant-not-allowed",
}

// failure says why a request failed.
func (r *request) failure(ctx context.Context, err error) *finding.Error {
	var own *finding.Error
	var refused *oauth2.RetrieveError
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &refused):
		return r.refusal(refused)
	case errors.Is(ctx.Err(), context.Canceled):
		return r.err("check-cancelled", nil)
	case ctx.Err() != nil || timedOut(err):
		facts := finding.Facts{"timeout": r.timeout.String()}
		if longer := settings.LongerTimeout(r.timeout); longer != "" {
			facts["longer"] = longer
		}
		return r.err("oauth2-service-timeout", facts)
	}
	return r.broken(err)
}

func timedOut(err error) bool {
	var late net.Error
	return errors.As(err, &late) && late.Timeout()
}

// broken says why there was no complete answer: because of the connection, of TLS, or of
// a member whose type is not that of RFC 6749 section 5.1.
func (r *request) broken(err error) *finding.Error {
	var noTLS tls.RecordHeaderError
	var coded finding.Coded
	var network net.Error
	handshake := certs.Handshake{Trust: r.trust()}
	switch explained := handshake.Diagnose(err, time.Now()); {
	case errors.As(explained, &coded):
		return r.because("oauth2-service-certificate", coded)
	case errors.As(err, &noTLS), errors.Is(err, http.ErrSchemeMismatch):
		return r.err("oauth2-service-certificate", finding.Facts{"reason": "It speaks no TLS on this port."})
	case errors.As(err, &coded):
		return r.because("oauth2-service-unreachable", coded)
	case errors.As(err, &network):
		return r.err("oauth2-service-unreachable", finding.Facts{"reason": "The connection ended before there was an answer."})
	}
	return r.err("oauth2-answer-not-json", finding.Facts{"what": "JSON with a member of another kind", "status": "200"})
}

// because gives the summary of another finding as the reason.
func (r *request) because(code finding.Code, cause finding.Coded) *finding.Error {
	e := cause.Finding()
	facts := finding.Facts{"host": r.host()}
	maps.Copy(facts, e.Facts)
	reason := finding.New(e.Code, facts).Summary
	return r.err(code, finding.Facts{"reason": reason + "."}, e.Seen...)
}

// refusal says what an OAuth2 error means.
func (r *request) refusal(e *oauth2.RetrieveError) *finding.Error {
	grant := r.grant().Or("")
	code, known := rejections[e.ErrorCode]
	switch {
	case e.ErrorCode == "invalid_grant" && grant == RefreshToken:
		code = "oauth2-refresh-token-rejected"
	case e.ErrorCode == "invalid_grant" && grant == JWTBearer:
		code = "oauth2-assertion-rejected"
	case !known:
		code = "oauth2-request-rejected"
	}
	facts := finding.Facts{
		"error": r.quote(e.ErrorCode),
		"time":  r.started.UTC().Format("2006-01-02 15:04:05 UTC"),
	}
	if e.ErrorDescription != "" {
		facts["reply"] = r.quote(strings.Join(strings.Fields(e.ErrorDescription), " "))
	}
	if scopes := r.Scopes.Or(nil); len(scopes) > 0 {
		facts["scope"] = finding.Quote(strings.Join(scopes, " "))
	}
	if number := entraNumber.FindString(e.ErrorDescription); entraCodes[number] != "" {
		facts["number"], facts["meaning"] = number, entraCodes[number]
	}
	return r.err(code, facts)
}

var entraNumber = lazyregexp.New(`\bAADSTS[0-9]{5,8}\b`)

// entraCodes are what the numbers in Microsoft Entra's descriptions mean.
//
// https://learn.microsoft.com/entra/identity-platform/reference-error-codes;
// of 7000215 and 7000222: https://learn.microsoft.com/azure/developer/java/sdk/troubleshooting-authentication-service-principal;
// of 7000218: https://learn.microsoft.com/troubleshoot/entra/entra-id/app-integration/confidential-client-application-authentication-error-aadsts7000218;
// of 1002012: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow.
var entraCodes = map[string]string{
	"AADSTS50034":   "the user is not in this tenant.",
	"AADSTS50057":   "the user's account is disabled.",
	"AADSTS50173":   "an administrator or the user revoked the tokens, or the password is new.",
	"AADSTS50194":   "the app is for one tenant alone: token_url must hold the tenant's ID in place of common.",
	"AADSTS500011":  "the resource in scopes is not known in this tenant, or has no consent there.",
	"AADSTS53003":   "a Conditional Access policy forbids it.",
	"AADSTS65001":   "neither the user nor an administrator has consented to the app.",
	"AADSTS650057":  "the resource in scopes is not among the permissions of the app's registration.",
	"AADSTS70000":   "the refresh token is not valid.",
	"AADSTS70002":   "client_secret is not that of this client.",
	"AADSTS70008":   "the refresh token was not used for too long.",
	"AADSTS70011":   "one of the scopes does not exist.",
	"AADSTS700016":  "there is no app with this client_id in the tenant of token_url.",
	"AADSTS700025":  "the app is a public client, which has no client_secret.",
	"AADSTS700027":  "the signature of the statement is not that of a certificate of the app.",
	"AADSTS70003":   "this grant is not supported.",
	"AADSTS70043":   "a Conditional Access policy limits how long a sign-in lasts, and it is over.",
	"AADSTS700082":  "the refresh token was not used for too long.",
	"AADSTS700084":  "the refresh token belongs to a single-page app and expires after a day.",
	"AADSTS7000215": "client_secret is wrong. Give the value of the secret, not its ID.",
	"AADSTS7000218": "the app needs client_secret, or must be declared a public client.",
	"AADSTS7000222": "client_secret has expired.",
	"AADSTS90002":   "there is no such tenant: check the ID in token_url.",
	"AADSTS900144":  "a parameter is missing.",
	"AADSTS9001023": "an application that acts for itself needs the tenant's ID in token_url in place of common or consumers.",
	"AADSTS90094":   "an administrator has to consent.",
	"AADSTS1002012": "an application that acts for itself requests the scope of the resource that ends in /.default.",
}
