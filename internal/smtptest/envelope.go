package smtptest

import (
	"errors"
	"io"
	"strconv"
	"strings"
)

func (s *session) mailFrom(args string) error {
	addr, params, ok := path(args, "FROM:")
	switch {
	case !s.greeted:
		return s.reply("503 5.5.1 Send EHLO first")
	case s.offersAuth() && !s.loggedIn:
		return s.reply("530 5.7.0 Authentication required")
	case s.mail:
		return s.reply("503 5.5.1 Nested MAIL command")
	case !ok:
		return s.reply("501 5.5.4 Syntax: MAIL FROM:<address>")
	}
	if line := s.checkParams(addr, params); line != "" {
		return s.reply("%s", line)
	}
	if line, refused := s.cfg.RejectFrom[addr]; refused {
		return s.reply("%s", line)
	}
	s.mail = true
	s.server.note(func(r *Record) { r.Mails = append(r.Mails, addr) })
	return s.reply("250 2.1.0 OK")
}

// checkParams returns the reply to parameters of MAIL that are not served, or "".
func (s *session) checkParams(addr string, params []string) string {
	utf8 := false
	for _, param := range params {
		key, value, _ := strings.Cut(param, "=")
		switch key = strings.ToUpper(key); {
		case key == "SIZE" && s.cfg.Size > 0:
			size, err := strconv.ParseInt(value, 10, 64)
			if err != nil || size < 0 {
				return "501 5.5.4 SIZE wants a number"
			}
			if size > s.cfg.Size {
				return "552 5.3.4 Message size exceeds the limit"
			}
		case key == "BODY" && (strings.EqualFold(value, "7BIT") || strings.EqualFold(value, "8BITMIME")):
		case key == "SMTPUTF8" && value == "" && s.cfg.SMTPUTF8:
			utf8 = true
		default:
			return "555 5.5.4 Parameter not known"
		}
	}
	if !utf8 && !isASCII(addr) {
		return "553 5.6.7 Address wants SMTPUTF8"
	}
	return ""
}

func (s *session) rcptTo(args string) error {
	addr, params, ok := path(args, "TO:")
	switch {
	case !s.mail:
		return s.reply("503 5.5.1 Send MAIL first")
	case !ok || addr == "":
		return s.reply("501 5.5.4 Syntax: RCPT TO:<address>")
	case len(params) > 0:
		return s.reply("555 5.5.4 Parameter not known")
	}
	if line, refused := s.cfg.RejectRcpt[addr]; refused {
		return s.reply("%s", line)
	}
	s.rcpts++
	s.server.note(func(r *Record) { r.Rcpts = append(r.Rcpts, addr) })
	return s.reply("250 2.1.5 OK")
}

func (s *session) rset(string) error {
	s.mail, s.rcpts = false, 0
	return s.reply("250 2.0.0 OK")
}

func (s *session) data(string) error {
	if s.rcpts == 0 {
		return s.reply("503 5.5.1 Send RCPT first")
	}
	if err := s.reply("354 End with a dot on a line of its own"); err != nil {
		return err
	}
	limit := s.cfg.Size
	if limit <= 0 {
		limit = longestData
	}
	var text strings.Builder
	for int64(text.Len()) <= limit {
		line, err := s.readLine()
		if err != nil {
			return err
		}
		if string(line) == ".\r\n" {
			return s.received(text.String())
		}
		text.WriteString(strings.TrimPrefix(string(line), "."))
	}
	return errors.Join(s.reply("552 5.3.4 Message size exceeds the limit"), errHangUp)
}

// bdat takes the one chunk of a message (RFC 3030 section 2).
func (s *session) bdat(args string) error {
	count, last, _ := strings.Cut(args, " ")
	size, err := strconv.Atoi(count)
	switch {
	case !s.cfg.Chunking:
		return s.reply("502 5.5.1 BDAT is not offered")
	case err != nil || size < 0 || size > longestData || !strings.EqualFold(last, "LAST"):
		return errors.Join(s.reply("501 5.5.4 Only one last chunk is served"), errHangUp)
	}
	chunk := make([]byte, size)
	s.touch()
	if _, err := io.ReadFull(s.reader, chunk); err != nil {
		return err
	}
	if s.rcpts == 0 {
		return s.reply("503 5.5.1 Send RCPT first")
	}
	return s.received(string(chunk))
}

// received answers a whole message.
func (s *session) received(text string) error {
	s.mail, s.rcpts = false, 0
	s.server.note(func(r *Record) { r.Data, r.Messages = r.Data+1, append(r.Messages, text) })
	switch {
	case s.cfg.HangUpAtMessage:
		return errHangUp
	case s.cfg.MessageReply != "":
		return s.reply("%s", s.cfg.MessageReply)
	}
	return s.reply("250 2.0.0 Accepted")
}

// path cuts "FROM:<address> PARAM=value" (RFC 5321 section 4.1.2).
func path(args, keyword string) (addr string, params []string, ok bool) {
	if len(args) < len(keyword) || !strings.EqualFold(args[:len(keyword)], keyword) {
		return "", nil, false
	}
	rest, bracket := strings.CutPrefix(args[len(keyword):], "<")
	addr, rest, closed := strings.Cut(rest, ">")
	return addr, strings.Fields(rest), bracket && closed
}

func isASCII(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r >= 0x80 })
}
