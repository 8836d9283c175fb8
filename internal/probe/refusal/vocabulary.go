package refusal

import "strings"

// telling are words that mean one thing alone, and count as two.
var telling = strings.Fields(`greylist* graylist* spf dkim dmarc domainkeys openspf blacklist* blacklisted blocklist*
	denylist* dnsbl dnsrbl rbl rbls rdns ptr fcrdns overquota dialup virus malware gtube sandbox suppression suppressed
	rcpthosts base64 looping captcha webmail tenantattribution submissionquotaexceeded* spm localhost nxdomain nullmx throttle throttled throttling ratelimit
	ratelimited flooding`)

// vocabulary are the words of servers for one and the same thing; a row names them
// in braces. Each is in the form that [pattern] describes.
var vocabulary = map[string]string{
	// who
	"hello":     "helo|ehlo",
	"address":   "ip|ips|ipv4|ipv6|ip address|client ip|client host|client address|your host|this host|your address|your server|your mailserver|this server|sending server|sending ip|mail server|server address|server ip|connecting host|connecting ip|remote host|remote ip|your network|network|host|your machine",
	"account":   "account|user|mailbox|username|login|your account|this account|user account|email account|address and account",
	"sender":    "sender|senders|the from|from address|from header|header from|from field|from line|from email|mail from|mailfrom|from domain|return path|envelope from|envelope sender|sender address|sender email|sending address|originator|sending user|reverse path|expéditeur|emetteur|émetteur|absender|absenderadresse|отправитель|отправителя|发件人|发信人",
	"recipient": "recipient|recipients|rcpt|rcpt to|to address|destination|addressee|recipients account|destination address|recipient address|destinataire|empfänger|получатель|收件人",
	"mailbox":   "mailbox|mail box|inbox|mailfolder|mail folder|users mailbox|recipients mailbox|account|user|recipient|recipients|boite|boîte|boîte aux lettres|postfach|mailbox of|ящик|почтовый ящик|maildir|maildrop",
	"mail":      "message|messages|mail|mails|email|emails|e mail|e mails",
	"service":   "smtp|smtp access|smtp service|smtp auth|smtp authentication|client authentication|pop3|imap|imap smtp|pop imap|pop3 imap|pop3 smtp|service|services|protocol|mail client|mail clients|external client|external clients|submission|third party|third party apps",
	"mechanism": "mechanism|mechanisms|method|auth type|authentication type|authentication mechanism|authentication method|auth mechanism|auth method|security layer|scheme",
	"tls":       "tls|ssl|starttls|encryption|encrypt|encrypted|secure connection|encrypted connection|secure channel|tls ssl|ssl tls",

	// what happened
	"refused":     "reject*|refus*|denied|deny|deni*|block*|not accept*|not allow*|not permit*|disallow*|declin*|banned|forbidden|prohibited|unwelcome|not welcome|bounced|dropped|abgelehnt|rejet*|refus|отклонен*|拒绝",
	"not allowed": "not authorized|not be authorized|unauthorized|isnt authorized|isnt allowed|not allowed|not be allowed|not permitted|not registered|not whitelisted|not allowlisted|not trusted|not in the allow|not in allow|not in the allowlist|not in the whitelist|not in whitelist|not on the whitelist|not in our list|not on our list|not on the list|not in the list|not configured|not recognized|no permission|no permissions|not have permission|does not have permission|forbidden|not eligible|not enabled|restricted|not entitled|lacks permission|disallowed|may not|cannot|access denied|cant",
	"invalid":     "invalid|bad|illegal|bogus|forged|forgery|fake|malformed|syntactically invalid|wrong|incorrect|unacceptable|not valid|isnt valid|improper|mismatch*|does not match|doesnt match|not match|must match|not acceptable|ill formed|syntax|syntax error|broken|garbage",
	"unknown":     "unknown|not found|does not exist|doesnt exist|do not exist|dont exist|not exist|nonexistent|non existent|non existing|no such|not known|isnt known|unresolvable|does not resolve|doesnt resolve|did not resolve|not resolve|not resolvable|cannot be resolved|could not be resolved|cannot resolve|cant resolve|not resolving|unrouteable|unroutable|not a known|no longer exists|unbekannt|inconnu|inconnue|invalide|不存在|не найден|не существует|неизвестный",
	"disabled":    "disabled|locked|locked out|deactivated|de activated|inactive|not active|isnt active|deleted|closed|frozen|expired|terminated|cancelled|canceled|banned|barred|blocked|revoked|no longer active|no longer exists|no longer valid|removed|is disabled|been disabled|been locked|been blocked|been deactivated|desactivated",
	"suspended":   "suspended|suspension|under review|being reviewed|on hold|paused|unpaid|payment|overdue|billing|invoice|outstanding invoice|been suspended|is suspended|temporarily suspended|restricted",
	"off":         "disabled|not enabled|isnt enabled|not open|not opened|turned off|switched off|deactivated|not allowed|not permitted|not available|no access|access denied|no permission|rights|access rights|no rights|not authorized|not activated|forbidden|must be enabled|must enable|need to enable|please enable|enable|not have access|not have permission|not be used|not included|not subscribed",
	"required":    "required|is required|require|requires|must|mandatory|needed|need|needs|first|only|necessary|demanded|enforced|please|should",
	"exceeded":    "exceed|exceeds|exceeded|exceeding|reached|hit|exhausted|used up|insufficient|run out|no more|over|too many|surpassed|full|depleted|not enough|above|limit exceeded|limits exceeded|has been exceeded|dépassé|überschritten|превышен*",
	"limit":       "quota|limit|limits|limited|limitation|allowance|credit|credits|maximum|max|allotment|cap|threshold|plan|balance",
	"period":      "daily|hourly|monthly|weekly|per day|per hour|per month|a day|an hour|24 hour|24 hours|24h|24hr|today|this hour|this month|day|hour|month",
	"rate":        "rate|rates|rate limit|rate limited|ratelimit|ratelimited|rate limiting|rate exceeded|sending rate|throttle|throttled|throttling|slow down|too fast|too quickly|too frequent|too frequently|frequency|frequency limited|per minute|per second|flood|flooding|mail flood|burst",
	"too many":    "too many|too much|maximum|max|maximum number of|exceeded|exceed|exceeds|limit|limit exceeded|limit reached|zu viele|trop de|слишком много|reached|excessive",
	"listed":      "listed|deny list|denied list|reject list|banned list|dnsbls|is listed|listed in|listed on|listed at|listed by|blacklist*|black list|black listed|blocklist*|block list|block listed|blocked list|denylist*|blocked using|blocked by|rbl|rbls|dnsbl|dnsrbl|spam list|schwarze liste|sperrliste|liste noire|blacklisté*|чёрном списке|черном списке|黑名单",
	"temporary":   "temporary|at present|temporarily|transient|try again|try later|try again later|retry|later|currently|at this time|at this moment|at the moment|right now|busy|momentarily|retry later|deferred|vorübergehend|später|temporairement|plus tard|временно|позже|稍后",
	"spam":        "spam|spammy|spamming|unsolicited|junk|bulk|phishing|uce|ube|spam like|spamlike|垃圾邮件|спам",
	"reverse":     "reverse|rdns|ptr|inverse|reverse dns|reverse hostname|reverse host name|reverse name|reverse lookup|reverse record|reverse pointer|reverse mapping|reverse entry|reverse resolution|inverse dns|ptr record|ptr records|ptr lookup|reverse address|fcrdns|forward confirmed",
	"block lists": "spamhaus|sbl|xbl|pbl|zen|barracudacentral|barracuda|sorbs|spamcop|uceprotect|abuseat|cbl|mailspike|invaluement|senderscore|senderbase|talosintelligence|proofpoint|cloudmark|abusix|psbl|spamrats|nixspam|manitu|njabl|backscatterer|wpbl|dronebl|truncate|hostkarma|s5h|swinog|trendmicro",
	"logged in":   "not logged in|not authenticated|unauthenticated|isnt authenticated|was not authenticated|not be authenticated|not yet authenticated|without authentication|without authenticating|without auth|without login|without logging in|must authenticate|must be authenticated|must auth|must first authenticate|must login|must log in|must be logged in|must have authenticated|must have logged in|please authenticate|please auth|please login|please log in|authenticate first|auth first|login first|log in first|need to authenticate|needs to authenticate|need to be authenticated|need to login|need to log in|needs authentication|need authentication|authenticate before|authenticate yourself|non authenticated|anonymous|unauthenticated connection|must have authentication|no authentication|only authenticated|authenticated only|authenticated users only|needs to be authenticated",
	"auth needed": "authentication required|authentication is required|authentication needed|authentication is needed|authentication mandatory|auth required|auth is required|auth needed|authorization required|authorization is required|authorization needed|login required|login is required|login needed|logon required|requires authentication|require authentication|requires auth|require auth|requires smtp authentication|requires login|requires authorization|required authentication|smtp authentication|smtp auth|authentification requise|identification requise|authentifizierung erforderlich|anmeldung erforderlich|авторизация|требуется авторизация|требуется аутентификация|необходима авторизация",
}
