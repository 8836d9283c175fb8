//go:build interop

package interop

import (
	"context"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// relays is for ports that relay for this machine without a login.
const (
	relays = "mynetworks = 127.0.0.0/8"
	known  = "smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination"
)

// refusing are what an administrator can have a Postfix refuse, each on a port of its
// own. With its default, the verdicts on the client wait for RCPT.
var refusing = map[string]Port{
	"open":            {Options: []string{opportunistic, relays, known}},
	"short names":     {Options: []string{opportunistic, relays, known, "smtpd_helo_restrictions = reject_non_fqdn_helo_hostname"}},
	"invalid names":   {Options: []string{opportunistic, relays, known, "smtpd_helo_restrictions = reject_invalid_helo_hostname"}},
	"some names":      {Options: []string{opportunistic, relays, known, "smtpd_helo_restrictions = check_helo_access inline:{ { client.example.test = REJECT } }"}},
	"all clients":     {Options: []string{opportunistic, relays, known, "smtpd_client_restrictions = reject"}},
	"some clients":    {Options: []string{opportunistic, relays, known, "smtpd_client_restrictions = check_client_access static:{REJECT your address is not on our list}"}},
	"listed clients":  {Options: []string{opportunistic, relays, known, "smtpd_client_restrictions = check_client_access static:{REJECT blocked using dnsbl.example.test}"}},
	"nameless":        {Options: []string{opportunistic, relays, known, "smtpd_client_restrictions = reject_unknown_client_hostname"}},
	"no reverse name": {Options: []string{opportunistic, relays, known, "smtpd_client_restrictions = reject_unknown_reverse_client_hostname"}},
	"short senders":   {Options: []string{opportunistic, relays, known, "smtpd_sender_restrictions = reject_non_fqdn_sender"}},
	"unknown senders": {Options: []string{opportunistic, relays, known, "smtpd_sender_restrictions = reject_unlisted_sender"}},
	"SPF":             {Options: []string{opportunistic, relays, known, "smtpd_sender_restrictions = check_sender_access inline:{ { app@example.test = 550 5.7.23 Message rejected due to: SPF fail - not authorized } }"}},
	"quota":           {Options: []string{opportunistic, relays, known, "smtpd_sender_restrictions = check_sender_access inline:{ { app@example.test = 452 4.7.1 Daily sending quota exceeded } }"}},
	"recipients": {Options: []string{opportunistic, relays, known,
		"smtpd_recipient_restrictions = reject_non_fqdn_recipient, check_recipient_access inline:{ { full@example.com = 452 4.2.2 Mailbox full }, { grey@example.com = DEFER_IF_PERMIT Greylisted, try again in 300 seconds }, { closed@example.com = 550 5.2.1 Mailbox disabled, not accepting messages } }"}},
	"two at most":    {Options: []string{opportunistic, relays, known, "smtpd_recipient_limit = 2"}},
	"soft":           {Options: []string{opportunistic, "soft_bounce = yes"}},
	"full disk":      {Options: []string{opportunistic, relays, known, "queue_minfree = 4000000000000000"}},
	"broken":         {Options: []string{opportunistic, relays, known, "smtpd_sender_restrictions = check_sender_access texthash:/nonexistent"}},
	"misconfigured":  {Options: []string{opportunistic, relays, known, "smtpd_sender_restrictions = no_such_restriction"}},
	"behind a proxy": {Options: []string{opportunistic, "smtpd_upstream_proxy_protocol = haproxy", "smtpd_upstream_proxy_timeout = 1s"}},
	"at DATA":        {Options: []string{opportunistic, relays, known, "smtpd_data_restrictions = reject"}},
	"small":          {Options: []string{opportunistic, relays, known, "message_size_limit = 200"}},
	"headers":        {Options: []string{opportunistic, relays, known, "cleanup_service_name = strict"}},
	"TLS first":      {Options: []string{"smtpd_tls_security_level = encrypt", relays, known}},
}

// Fails if the provider reports what a real server refuses by its own configuration as
// something else: most refusals come at RCPT, and many with the same code.
func TestRefusals(t *testing.T) {
	ca := newAuthority(t)
	postfix, exim := PostfixWithCyrus(t, ca, passwords, refusing), EximWithRules(t, ca)
	f := &fleet{ca: ca, cyrus: postfix}
	for name, tt := range map[string]struct {
		server *Server
		port   string
		change func(*probe.Request)
		want   finding.Code
	}{
		"taken":                      {postfix, "open", nil, ""},
		"EHLO name without a domain": {postfix, "short names", func(r *probe.Request) { r.EHLOName = "laptop" }, "ehlo-name-refused"},
		"EHLO name that is none":     {postfix, "invalid names", func(r *probe.Request) { r.EHLOName = "-app-" }, "ehlo-name-refused"},
		"EHLO name on a list":        {postfix, "some names", nil, "ehlo-name-refused"},
		"client":                     {postfix, "all clients", nil, "client-address-not-allowed"},
		"client, with a text":        {postfix, "some clients", nil, "client-address-not-allowed"},
		"client, block list":         {postfix, "listed clients", nil, "client-address-blocked"},
		"client without a name":      {postfix, "nameless", nil, "client-reverse-name"},
		"client without PTR":         {postfix, "no reverse name", nil, "client-reverse-name"},
		"no login":                   {postfix, "", nil, "relay-denied"},
		"no login, for now":          {postfix, "soft", nil, "relay-denied"},
		"no TLS":                     {postfix, "TLS first", func(r *probe.Request) { r.Mode = settings.NoTLS }, "tls-required"},
		"sender without a domain":    {postfix, "short senders", func(r *probe.Request) { r.From = "app@localhost" }, "sender-malformed"},
		"sender unknown":             {postfix, "unknown senders", func(r *probe.Request) { r.From = "stranger@local.example.test" }, "sender-unknown"},
		"sender, SPF":                {postfix, "SPF", nil, "sender-authentication"},
		"account's quota":            {postfix, "quota", nil, "account-allowance"},
		"recipient unknown":          {postfix, "recipients", to("stranger@local.example.test"), "recipient-unknown"},
		"recipient without a domain": {postfix, "recipients", to("you@host"), "recipient-malformed"},
		"mailbox full":               {postfix, "recipients", to("full@example.com"), "recipient-mailbox-full"},
		"mailbox closed":             {postfix, "recipients", to("closed@example.com"), "recipient-disabled"},
		"greylisting":                {postfix, "recipients", to("grey@example.com"), "recipient-greylisted"},
		"too many recipients":        {postfix, "two at most", to("a@example.com", "b@example.com", "c@example.com"), "recipients-too-many"},
		"disk full":                  {postfix, "full disk", nil, "server-storage-full"},
		"missing table":              {postfix, "broken", nil, "server-local-error"},
		"misconfigured":              {postfix, "misconfigured", nil, "server-local-error"},
		"PROXY protocol":             {postfix, "behind a proxy", nil, "server-local-error"},
		"DATA":                       {postfix, "at DATA", sends, "message-refused"},
		"message too large":          {postfix, "small", sends, "message-too-large"},
		"header_checks":              {postfix, "headers", sends, "message-content"},

		"exim, taken":               {exim, "open", nil, ""},
		"exim, address":             {exim, "connect", nil, "client-address-blocked"},
		"exim, EHLO name":           {exim, "helo", nil, "ehlo-name-refused"},
		"exim, EHLO name's form":    {exim, "open", func(r *probe.Request) { r.EHLOName = "app_1!" }, "ehlo-name-refused"},
		"exim, no login":            {exim, "login", nil, "login-required"},
		"exim, sender on a list":    {exim, "sender", nil, "sender-blocked"},
		"exim, sender unknown":      {exim, "senders", nil, "sender-unknown"},
		"exim, recipient unknown":   {exim, "recipients", to("stranger@example.com"), "recipient-unknown"},
		"exim, relay":               {exim, "", nil, "relay-denied"},
		"exim, too many recipients": {exim, "many", to("you@example.com", "you@example.com", "you@example.com"), "recipients-too-many"},
		"exim, greylisting":         {exim, "later", nil, "recipient-greylisted"},
		"exim, virus":               {exim, "content", sends, "message-content"},
		"exim, message too large":   {exim, "size", sends, "message-too-large"},
	} {
		t.Run(name, func(t *testing.T) {
			r := f.request(tt.server.STARTTLS, settings.StartTLS)
			if tt.port != "" {
				r.Port = tt.server.More[tt.port]
			}
			r.EHLOName, r.Verify, r.From = "client.example.test", settings.VerifyEnvelope, "app@example.test"
			r.RcptTo, r.Subject = []string{"you@example.com"}, settings.DefaultSubject
			if tt.change != nil {
				tt.change(&r)
			}
			ends(t, r, tt.want)
		})
	}
}

func to(addresses ...string) func(*probe.Request) {
	return func(r *probe.Request) { r.RcptTo = addresses }
}

func sends(r *probe.Request) { r.Verify = settings.VerifyMessage }

var queueID = regexp.MustCompile(`^250 2\.0\.0 Ok: ([0-9]+ bytes )?queued as [0-9A-Za-z]+$`)

// removed is a message that left the queue.
var removed = regexp.MustCompile(`qmgr\[\d+\]: \w+: removed`)

// Fails if verify = "message" does not put exactly one message into the queue of a
// real Postfix, however many resources and attempts there are.
func TestMessage(t *testing.T) {
	ca := newAuthority(t)
	postfix := PostfixWithCyrus(t, ca, passwords, refusing)
	f := &fleet{ca: ca, cyrus: postfix}
	r := f.request(postfix.STARTTLS, settings.StartTLS)
	r.Credentials = credentials(settings.Plain, usual, "")
	r.Verify, r.From, r.RcptTo = settings.VerifyMessage, "app@example.test", []string{"you@example.com", "me@example.com"}
	r.EHLOName, r.Subject, r.Attempts = "client.example.test", "Prüfung", 3
	engine := probe.New(network{}, network{}, 4)
	var running sync.WaitGroup
	const checks = 8
	for range checks {
		running.Go(func() {
			report, err := engine.Run(context.Background(), r)
			if err != nil || !queueID.MatchString(report.Reply) {
				t.Errorf("reply %q: %v", report.Reply, err)
			}
		})
	}
	running.Wait()
	// What is queued is in the log before the client gets its reply, and a message leaves
	// the queue once it was delivered to all.
	log := postfix.Log.(postfixLog).await(t, func(text string) bool {
		left := strings.Count(text, " ehlo=") // the others only look at the greeting
		return left == checks && strings.Count(text, " message-id=<") == len(removed.FindAllString(text, -1))
	})
	if n := strings.Count(log, " message-id=<"); n != 1 {
		t.Errorf("%d messages were queued", n)
	}
	if n := strings.Count(log, "status=sent"); n != 2 {
		t.Errorf("%d deliveries to two recipients", n)
	}
}
