package refusal

// broadRows are what a reply says of its own step when it names no other cause:
// that the login failed, that a sender or a recipient was refused. Any other row
// outranks them.
var broadRows = []row{
	{code: "auth-rejected", at: "auth", replies: "5", when: "password", words: "authentication|auth|login|logon|password|credential*|credentials|username|user|sasl|signin|sign & fail*|failed|failure|unsuccessful|{invalid}|incorrect*|rejected|reject*|denied|error|not accepted|unable|could not|cannot|{unknown}|unauthorized & !{temporary}|internal error|backend|organization|turned off|switched off|policy|malformed|plan|billing|invoice|country|region|not enabled|app|in your security settings|security settings|database|website|web site", source: "RFC 4954 section 6 (535 5.7.8) in many wordings"},
	{code: "auth-rejected", at: "auth", replies: "5", when: "password", words: "authentication failed|authentication unsuccessful|username and password not accepted|invalid username or password|incorrect username or password|incorrect user name or password|invalid user or password|user credentials were incorrect|authentication credentials invalid|incorrect authentication data|unable to authenticate|authentication failure & !{temporary}|service|account|too many|disabled|app|application|ip|ip address", source: "the same"},
	{code: "auth-rejected", at: "auth", replies: "5", when: "password", enhanced: "x.7.8", source: "RFC 4954 section 6"},
	{code: "auth-rejected", at: "auth", replies: "535", when: "password", words: "password|credentials|username|login|passwd|secret|unauthorized|unknown account|unknown user|not authenticated|unknown|access key & !{required}|oauth*|{off}|{temporary}|{mechanism}", source: "RFC 4954 section 6"},
	{code: "auth-rejected", at: "auth", replies: "5", when: "password", words: "username|user name|password|passwd|login & null|empty|blank|no password|missing", source: "servers that ask for both"},
	{code: "auth-rejected", at: "auth", replies: "535", when: "password", words: "denied|no|rejected|fail*|invalid|incorrect|error|access denied & !{temporary}|internal error|backend", source: "RFC 4954 section 6"},
	{code: "auth-rejected", at: "auth", replies: "535", when: "password silent", source: "RFC 4954 section 6"},
	{code: "auth-rejected", at: "auth", replies: "4 5", when: "password", words: "密码错误|鉴权失败|用户名或密码|账号或密码|帐号或密码|认证失败|登录失败|验证失败|身份验证失败|密码不正确|密码不匹配", source: "QQ, 163, Aliyun"},
	{code: "auth-rejected", at: "auth", replies: "5", when: "password", words: "mot de passe|mot de passe incorrect|identifiant|authentification échouée|échec|anmeldung fehlgeschlagen|authentifizierung fehlgeschlagen|falsches passwort|passwort falsch|benutzername oder passwort|zugangsdaten|ошибка авторизации|ошибка аутентификации|неверный пароль|неверный логин|неверное имя|пароль|авторизация не удалась|kennwort|kennwort falsch|contraseña|contraseña incorrecta|contraseñas|errati|nome utente|неверные учётные данные|неверные учетные данные|учётные данные|учетные данные|senha|senha incorreta|wachtwoord|hasło|heslo", source: "services in other languages"},
	{code: "auth-temporary", at: "auth", replies: "4", words: "{temporary}|unable to authenticate|cannot authenticate|could not authenticate|unable to verify|connection lost|backend|internal|not possible|unavailable|cannot|unable|system|database|timeout|timed out|service|authentication & !too many|{limit}|login attempts", source: "RFC 4954 section 6 (454 4.7.0)"},
	{code: "auth-temporary", at: "auth", replies: "4", words: "auth*|authentication|login|sasl|ldap|password|credentials|user database & {temporary}|down|unreachable|cannot|could not|unable|error|fail*|unavailable|not available|timeout|not responding|contact & !too many|{limit}|attempts|{invalid}|fail authentication|not specified", source: "RFC 4954 section 6 (454 4.7.0)"},
	{code: "auth-temporary", at: "auth", replies: "454", source: "RFC 4954 section 6"},
	{code: "auth-rejected", at: "auth", replies: "4", when: "password", words: "invalid username or password|incorrect username or password|bad username or password|invalid credentials|wrong password|bad credentials|username and password not accepted & !{temporary}", source: "Proton Mail Bridge"},
	{code: "auth-rejected", at: "auth", replies: "4", when: "password", enhanced: "x.7.8", source: "Mailjet"},
	{code: "oauth2-token-rejected", at: "auth", replies: "5", when: "token", words: "token|oauth|bearer|authentication|auth|username|credential*|invalid|rejected|unauthorized|failed|unsuccessful|expired", source: "RFC 7628 section 3.2.3"},
	{code: "oauth2-token-rejected", at: "auth", replies: "535", when: "token", source: "RFC 7628 section 3.2.3"},
	{code: "auth-external-refused", at: "auth", replies: "5", when: "external", source: "RFC 4422 appendix A"},
	{code: "sender-temporary", at: "mail rcpt data message", replies: "4", words: "sender address rejected|sender rejected|sender refused|sender denied|{sender} & {refused}|{temporary}", source: "Postfix smtpd_check.c"},
	{code: "sender-refused", at: "mail rcpt data message", replies: "5", words: "sender address rejected|sender rejected|sender refused|sender denied|{sender} & {refused}", source: "Postfix smtpd_check.c"},
	{code: "sender-temporary", at: "mail rcpt", replies: "4", words: "sender address rejected", source: "Postfix smtpd_check.c"},
	{code: "sender-refused", at: "mail rcpt", replies: "5", words: "sender address rejected", source: "Postfix smtpd_check.c"},
	{code: "sender-refused", at: "mail rcpt", enhanced: "5.1.8 5.1.7 5.1.0", words: "sender", source: "RFC 3463"},
	{code: "recipient-temporary", at: "rcpt", replies: "4", words: "recipient address rejected", source: "Postfix smtpd_check.c"},
	{code: "recipient-refused", at: "rcpt", replies: "5", words: "recipient address rejected", source: "Postfix smtpd_check.c"},
}

// stageRows are what is left: the server refused a step, and its words are all
// that is known of the reason.
var stageRows = []row{
	{code: "greeting-temporary", at: "greeting", replies: "4", source: "RFC 5321 section 3.8"},
	{code: "greeting-refused", at: "greeting", replies: "5", source: "RFC 5321 section 3.1, RFC 7504"},
	{code: "greeting-unexpected", at: "greeting", replies: "2 3", source: "RFC 5321 section 4.3.2"},
	{code: "session-ended", at: "ehlo starttls mail rcpt data message other", replies: "421", source: "RFC 5321 section 3.8"},
	{code: "ehlo-temporary", at: "ehlo", replies: "4", source: "RFC 5321 section 4.2.1"},
	{code: "ehlo-refused", at: "ehlo", source: "RFC 5321 section 3.2"},
	{code: "starttls-refused", at: "starttls", source: "RFC 3207 section 4"},
	{code: "auth-temporary-refused", at: "auth", replies: "4", source: "RFC 5321 section 4.2.1"},
	{code: "auth-refused", at: "auth", source: "RFC 4954 section 6"},
	{code: "sender-temporary", at: "mail", replies: "4", source: "RFC 5321 section 4.2.1"},
	{code: "sender-refused", at: "mail", source: "RFC 5321 section 4.1.1.2"},
	{code: "recipient-temporary", at: "rcpt", replies: "4", source: "RFC 5321 section 4.2.1"},
	{code: "recipient-refused", at: "rcpt", source: "RFC 5321 section 4.1.1.3"},
	{code: "message-temporary", at: "data message", replies: "4", source: "RFC 5321 section 4.2.1"},
	{code: "message-refused", at: "data message", source: "RFC 5321 section 4.1.1.4"},
	{code: "command-refused", at: "other", source: "RFC 5321 section 4.2.3"},
}
