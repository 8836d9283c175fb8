package refusal

// clientRows are refusals of the client: its EHLO name, its address, its manners.
// Servers that hold verdicts back (Postfix by default, Exim's ACL for RCPT) say
// them at any stage.
var clientRows = []row{
	// the EHLO name
	{code: "ehlo-name-refused", words: "{hello} & {refused}|{invalid}|{unknown}|must be|must contain|must have|should be|must not|cannot be|literal|localhost|spoof*|impersonat*|fully qualified|not qualified|fqdn|dns|host not found|policy|your own|local domain|valid hostname|valid host name|valid name|valid domain|real name|real hostname|proper hostname & !helo required|ehlo required|must be sent|send helo|send ehlo|say helo|say ehlo|helo first|ehlo first|polite|timeout|not supported|unsupported|not recognized|unrecognized|unimplemented|not implemented", source: "Postfix, Exim, cPanel, MDaemon, hMailServer"},
	{code: "ehlo-name-refused", words: "helo command rejected|ehlo command rejected", source: "Postfix smtpd_check.c"},
	{code: "ehlo-name-refused", words: "need fully qualified hostname|need fully qualified host name", source: "Postfix reject_non_fqdn_helo_hostname"},
	{code: "ehlo-name-refused", words: "helo name|ehlo name|helo hostname|ehlo hostname|helo argument*|ehlo argument*|helo string|helo domain|ehlo domain|helo host|ehlo host|helo parameter|ehlo parameter & !required", source: "Exim, cPanel"},
	{code: "ehlo-name-refused", words: "closing connection ehlo|closing connection helo", source: "smtp-relay.gmail.com"},
	{code: "ehlo-name-refused", at: "ehlo", replies: "4 5", words: "fully qualified|fqdn|hostname|host name|domain name|domain|name|literal|localhost|bare ip|forged|fake & !client host|{reverse}|{listed}|your ip|country|too many", source: "EHLO has no other argument (RFC 5321 section 4.1.1.1)"},
	{code: "ehlo-name-refused", at: "ehlo", replies: "501 504 553", words: "!too many|busy|{refused}|{tls}", source: "RFC 5321 section 4.2.2: the argument"},
	{code: "ehlo-name-refused", words: "you are not me|you are not us|using my name|pretend* to be me|claim* to be me|claims to be us|you claim to be", source: "rules of Exim and sendmail against forged names"},
	{code: "ehlo-name-refused", words: "hostname is invalid|host name is invalid|invalid hostname|invalid host name|hostname is not fully qualified & !{sender}|{recipient}", source: "MailEnable, Kerio"},

	{code: "ehlo-name-refused", words: "helo command|ehlo command & {listed}|blocked using", source: "Postfix reject_rhsbl_helo"},
	{code: "ehlo-name-refused", at: "mail rcpt", words: "{hello} & not resolved|can not resolved|cannot be resolved|can not be resolved|not be resolved|could not be resolved", source: "James"},

	// the name of its address
	{code: "client-reverse-name", words: "{reverse} & !helo command rejected", source: "RFC 8601 section 2.7.3 (iprev) in many wordings"},
	{code: "client-reverse-name", words: "{reverse} & {unknown}|{invalid}|{refused}|no|missing|failed|lookup|fix|does not have|required|must|bad dns ptr resource record|not have a ptr record|fix reverse dns for & !helo command rejected", source: "the same"},
	{code: "client-reverse-name", words: "cannot find your hostname|cannot find your reverse hostname|cant find your hostname", source: "Postfix reject_unknown_client_hostname"},
	{code: "client-reverse-name", words: "client host rejected & cannot find your hostname|cannot find your reverse hostname", source: "Postfix reject_unknown_client_hostname"},
	{code: "client-reverse-name", words: "ip name lookup failed|ip name possibly forged|ip name forged|possibly forged|forged hostname|has no hostname|no hostname|without a hostname|lookup of your address failed|could not resolve your address|client name does not match|generic hostname|no dns name", source: "sendmail FEATURE(require_rdns), SmarterMail"},
	{code: "client-reverse-name", words: "client ip address does not resolve|ip address does not resolve|client ip & does not resolve|not resolve|unresolvable", source: "Sendmail"},
	{code: "client-reverse-name", enhanced: "x.7.25", source: "RFC 7372 section 3.3"},

	// block lists and reputation
	{code: "client-address-blocked", words: "{listed} & !{sender}|{recipient}|not listed|url|uri|content|link", source: "every DNS block list"},
	{code: "client-address-blocked", words: "{address} & {listed}|block*|banned|{spam}|spammer*|abus*|intrusion|intrusion prevention|harvest*|open proxy|reputation|poor reputation|bad reputation|dynamic|dial up|dialup|residential|transient|zombie|botnet|infected|compromised|suspicious|complaints|permanently deferred|geo*|country|bloquee|bloquée|incident de spam|unwanted & !{not allowed}|recipients per|hostname|spf|dkim|dmarc|rate limited|unsolicited mail to reduce|this message is likely", source: "Yahoo, AOL, Comcast, Microsoft, GMX"},
	{code: "client-address-blocked", words: "sender ip|sending ip|client ip|your ip|your ip address|remote ip & block*|banned|blacklist* & !not block*", source: "the same"},
	{code: "client-address-blocked", words: "client host & {listed} & !client host rejected access", source: "Postfix reject_rbl_client"},
	{code: "client-address-blocked", words: "reputation|poor reputation|bad reputation|low reputation|dialup transient ip|dial up|dialup|dynamic ip|dynamic ips|dynamic address|dynamic addresses|dynamic range|residential ip & !domain reputation|sender reputation|domains reputation", source: "Cisco, T-Online, Gmail"},
	{code: "client-address-blocked", words: "@{block lists} & block*|{listed}|{refused}|list|see|query|lookup|abuse & !helo command|ehlo command|sender address|recipient address", source: "the lists' own pages"},
	{code: "client-address-blocked", words: "banned sending ip|part of their network is on our block list", source: "Exchange Online 5.7.606 to 5.7.649, Outlook.com S3140"},
	{code: "client-address-blocked", replies: "5", words: "country|countries|geographic|geoip|region|location & {refused}|{not allowed}", source: "rules by country"},
	{code: "client-address-blocked", words: "not authorized to send email directly|authorized to send email directly to our servers|blocked for abuse|problem occurred ask your postmaster|use the smtp server of your isp|smtp server of your isp|traffic not accepted from this ip|connections will not be accepted from|not accept mail from your ip|mail from your ip|messages from your ip|email from your ip|all messages from|messages from ip werent sent|not accepting messages from ip|not accepting mail from ip|not accept mail from ip|not accept messages from ip & !unexpected volume|too many|limits for how many", source: "Yahoo, Exchange Online 5.7.708"},
	{code: "client-address-blocked", words: "ip被拦截|ip黑名单|发信ip|заблокирован ip|ip заблокирован|ip adresse gesperrt|ip gesperrt|adresse ip bloquée|adresse ip refusée", source: "Mail.ru, GMX, Orange, QQ"},

	// allow lists
	{code: "client-address-not-allowed", replies: "5", words: "client host rejected", source: "Postfix check_client_access"},
	{code: "client-address-not-allowed", words: "client host rejected & access denied", source: "Postfix smtpd_client_restrictions"},
	{code: "client-address-not-allowed", words: "{address} & {not allowed}|not allowed to send|not allowed to relay|not allowed to connect|allow list|whitelist|allowlist & !hostname|through this server|via this server|using this server|{recipient}|{listed}|{hello}|{sender}|domain|{logged in}|{auth needed}|relay*|spf|dkim|dmarc", source: "relays by address: SMTP2GO, Mailjet, IONOS"},
	{code: "client-address-not-allowed", words: "ip is not authorized|ip is not allowed|ip is not registered|ip is not whitelisted|host is not authorized|host is not allowed|unauthorized ip|ip not authorized|that ip address is not allowed|ip address is not allowed|ip address not allowed|ip address is not authorized|ip address not authorized", source: "the same"},
	{code: "client-address-not-allowed", words: "ip not in whitelist|ip not in allowlist|not in whitelist for rcpt domain|host network not allowed", source: "Gmail, Mimecast"},
	{code: "client-address-not-allowed", words: "connections from your|connection from your|connections from this|access from your|not accepting connections from|connection refused from|not allow connections|not allowed to connect|not accept connections|you are not allowed to connect|not allowed from your|not allowed to use this|not authorized to use|not permitted to use & !too many|{listed}|reputation|through this server|to this address|header|user", source: "tcp wrappers, Kerio, MDaemon"},
	{code: "client-address-not-allowed", words: "不在白名单|ip不在|ip未授权|ip地址不允许|ip限制", source: "Tencent, Aliyun"},
	{code: "account-address-not-allowed", at: "auth", words: "{address}|location|region|country|countries|this country|unrecognized location & {not allowed}|{refused}|unauthorized ip address|whitelist|whitelisted|allow list|allowlist|invalid & !too many|attempts|failed logins|{listed}|reputation", source: "Brevo, SendGrid, Mailgun, Infobip"},

	// too much of it
	{code: "connection-limit", words: "{too many} & connection|connections|concurrent|simultaneous|sessions & !minute|not available|{rate}|{period}|message|messages|recipients|new tls sessions|login*|auth*", source: "Postfix anvil, Exim, Dovecot, Exchange"},
	{code: "connection-limit", words: "too many connections|too many concurrent|too many simultaneous|too many sessions|too many parallel|too many open|maximum number of connections|maximum number of concurrent|concurrent connections|simultaneous connections|connection limit|connections limit|concurrent connection limit|trop de connexions & !{period}|minute|second|new tls sessions", source: "Postfix, Sendmail, Exim, Exchange"},
	{code: "connection-limit", words: "too many connections|too many concurrent connections|trop de connexions & slow down", source: "Orange"},
	{code: "client-rate-limited", words: "{rate} & !login*|auth|authentication|password|{recipient}|receiving|{sender}|spf|dkim|dmarc|ptr", source: "Postfix anvil, Gmail, SES"},
	{code: "client-rate-limited", words: "{rate} & {exceeded}|limit*|connection*|{mail}|{address} & !login*|auth|authentication|password|{recipient}|receiving|spf|dkim|dmarc|ptr|unauthenticated", source: "Postfix anvil, Gmail, SES"},
	{code: "client-rate-limited", words: "too many messages|too many mails|too many emails|too many new tls sessions|too many commands|too many requests|too many transactions|too many bad recipients|too many unknown recipients|too many invalid recipients|too many messages in this connection|connections in the last minute|connections per minute|messages per session|messages per connection|message per connection|excessive volume|ip has sent too many|too much mail|unexpected volume|unusual rate|volume of mail|too many new mails|too many new messages|temporarily deferred due to unexpected volume|maximum sending rate exceeded & !{period}|quota", source: "Postfix anvil, Yahoo TSS04, SES"},
	{code: "client-rate-limited", words: "limits for how many|limits on how many|limit on how many|limit to how many", source: "Outlook.com RP-001"},
	{code: "client-rate-limited", enhanced: "4.7.500", source: "Exchange Online: an address that it slows down"},
	{code: "client-rate-limited", enhanced: "x.7.28", source: "IANA registry: mail flood detected"},
	{code: "client-rate-limited", words: "频率|过于频繁|发送过快|слишком часто|слишком много писем|zu viele nachrichten|zu viele mails|trop de messages", source: "QQ, 163, Mail.ru, Orange"},
	{code: "client-rate-limited", at: "rcpt mail", words: "too many recipients & {period}|minute|time|period|recently", source: "rate of recipients"},

	{code: "client-rate-limited", words: "{address} & too many|daily relay quota|reached the maximum & messages|recipients|quota", source: "GoDaddy"},

	// TLS
	{code: "tls-required", at: "ehlo mail rcpt data message", when: "!tls", words: "{tls} & {required}|without|policy|before|use|issue", source: "RFC 3207 section 4"},
	{code: "tls-required", at: "ehlo mail rcpt data message", when: "!tls", words: "must issue a starttls command first|must issue starttls|starttls first|tls required|tls is required|encryption required|session encryption is required|must use tls|must use starttls", source: "Postfix, Sendmail, Exchange"},
	{code: "tls-required", at: "ehlo mail rcpt data message", when: "!tls", words: "unencrypted|not encrypted|plaintext|plain text|cleartext|clear text & {refused}|not allowed|not accepted|not permitted", source: "the same"},
	{code: "tls-required", at: "ehlo mail rcpt data message", when: "!tls", enhanced: "x.7.10 x.7.11", source: "RFC 5248"},
	{code: "tls-required", at: "mail rcpt", when: "!tls", replies: "523 538", source: "RFC 4954 section 6"},
	{code: "tls-required", at: "mail rcpt data message", when: "!tls", words: "需要加密|需要ssl|verschlüsselung|verschlüsselte verbindung|chiffrement|шифрован*", source: "services in other languages"},
	{code: "tls-unknown-to-server", at: "ehlo auth mail rcpt data message", when: "tls", words: "must issue a starttls command first|must issue starttls|starttls first|tls required|tls is required|encryption required|session encryption is required|must use tls|must use starttls", source: "Postfix, Sendmail, Exchange behind a proxy"},
	{code: "tls-unknown-to-server", at: "ehlo auth mail rcpt data message", when: "tls", enhanced: "x.7.11", source: "RFC 5248"},
	{code: "starttls-unavailable", at: "starttls", words: "{tls} & not available|unavailable|{temporary}|cannot|cant|could not|error|failed|failure|certificate|key|not initialized|not configured|local problem", source: "RFC 3207 section 4"},
	{code: "starttls-unavailable", at: "starttls", replies: "454", source: "RFC 3207 section 4"},
	{code: "client-certificate-required", when: "!certificate", words: "no client certificate|client certificate required|client certificate is required|valid client certificate|present valid ssl certificate|no certificate presented", source: "Postfix smtpd_tls_req_ccert, Dovecot"},
	{code: "client-certificate-rejected", when: "certificate", words: "no client certificate|client certificate required|client certificate is required|valid client certificate|present valid ssl certificate|no certificate presented", source: "Postfix smtpd_tls_req_ccert, Dovecot"},
	{code: "client-certificate-rejected", words: "client certificate not trusted|certificate not trusted|untrusted client certificate|certificate verification failed|certificate verify failed|client certificate & {refused}|{invalid}|not trusted|not verified|expired|revoked|untrusted", source: "Postfix"},

	// a load balancer that does not stand before the server
	{code: "proxy-protocol", words: "proxy protocol|proxy negotiation|proxy negotiation failed|required proxy negotiation failed|invalid proxy|invalid proxy format|proxy header|proxy not allowed|proxy not allowed from|haproxy", source: "Exim hosts_proxy, Haraka"},

	// manners
	{code: "client-protocol-error", words: "too many errors|too many syntax|too many protocol errors|too many bad commands|too many unauthenticated commands|too many unrecognized commands|too many invalid commands|too many unknown commands|too many nonmail commands|too many non mail commands|too many syntax or protocol errors|too many bad sequences", source: "Postfix smtpd_hard_error_limit, Exim, Sendmail"},
	{code: "client-protocol-error", words: "synchronization error|smtp synchronization|protocol synchronization|input sent without waiting|protocol error|improper use of smtp command pipelining|command pipelining|improper command pipelining|you talk too soon|talk too soon|talked before|talk before|talking before|spoke before|before greeting|early talker|out of order|bad sequence|out of sequence|already active|tls already active|already secured|already in tls|ssl attempted over|tls handshake on|must use crlf|say hello first|introduce yourself first|please introduce yourself|command sequence|sequence of commands|bad sequence of commands|protocol violation|you must wait", source: "postscreen, Exim, Sendmail greet_pause"},
	{code: "client-protocol-error", replies: "451 421", enhanced: "x.4.2", words: "timeout|timed", source: "qmail, Gmail"},
	{code: "client-protocol-error", replies: "4", words: "command timeout|smtp command timeout|smtp command timeout closing connection|idle timeout|timeout waiting for|timeout closing connection", source: "Exim, qmail"},
	{code: "client-protocol-error", at: "mail rcpt data", replies: "503", words: "helo|ehlo|mail|rcpt|need|send|sequence|order|command & !auth*|login|log in|relay*", source: "RFC 5321 section 4.1.4"},
	{code: "client-protocol-error", replies: "5", words: "send helo first|send ehlo first|say helo first|helo first|ehlo first|helo required|ehlo required|ehlo helo required|need helo|need ehlo|polite people say helo|must say helo|send hello first|need rcpt|need mail|valid rcpt command must precede", source: "Postfix, Exim, Sendmail, Exchange"},
	{code: "client-protocol-error", at: "mail rcpt", replies: "500 501", words: "syntax error|syntax & command|parameters|arguments|line & !address|{sender}|{recipient}|mailbox", source: "RFC 5321 section 4.2.2"},
}
