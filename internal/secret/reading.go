package secret

import (
	"html"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/lazyregexp"
)

// span is a part of the text, in bytes.
type span struct{ from, to int32 }

// character is a character as it is read, with the part of the text that stands for it. A
// byte that is not UTF-8 becomes a negative character, different from all others.
type character struct {
	rune
	span
}

// bytes returns the bytes that make up the character.
func (c character) bytes() []byte {
	if c.rune < 0 {
		return []byte{byte(-c.rune)} //nolint:gosec // G115: it was one
	}
	return utf8.AppendRune(nil, c.rune)
}

func characters(text string) []character {
	out := make([]character, 0, len(text))
	for i := 0; i < len(text); {
		c, size := utf8.DecodeRuneInString(text[i:])
		if c == utf8.RuneError && size == 1 {
			c = -rune(text[i])
		}
		out = append(out, character{c, span{int32(i), int32(i + size)}}) //nolint:gosec // G115: texts end at 1 MiB
		i += size
	}
	return out
}

// dense returns the text without its gaps.
func dense(text []character) []character {
	return slices.DeleteFunc(slices.Clone(text), func(c character) bool { return gap(c.rune) })
}

// The kinds of escapes, by how each begins: percent (RFC 3986), quoted-printable (RFC
// 2045), HTML, backslash. A plus stands for a blank in a query.
const escapes = `%=&\+`

// readings returns the text as it is, then with the escapes of each kind decoded, and then
// with those of a second kind or layer.
func readings(text []character) [][]character {
	all := [][]character{text}
	begin := 0
	for range 2 {
		end := len(all)
		for _, outer := range all[begin:end] {
			for _, kind := range escapes {
				if decoded, changed := decode(outer, kind); changed {
					all = append(all, decoded)
				}
			}
		}
		begin = end
	}
	return all
}

// decode decodes the escapes of one kind; those of several bytes in a row may be one
// character.
func decode(text []character, kind rune) (decoded []character, changed bool) {
	if !slices.ContainsFunc(text, func(c character) bool { return c.rune == kind }) {
		return nil, false
	}
	var raw []byte // of escapes in a row
	var of []span
	flush := func() {
		for len(raw) > 0 {
			c, size := utf8.DecodeRune(raw)
			if c == utf8.RuneError && size == 1 {
				c = -rune(raw[0])
			}
			decoded = append(decoded, character{c, span{of[0].from, of[size-1].to}})
			raw, of = raw[size:], of[size:]
		}
	}
	for i := 0; i < len(text); {
		var value []byte
		size := 0
		if text[i].rune == kind {
			value, size = unescape(text[i:])
		}
		if size == 0 {
			flush()
			decoded = append(decoded, text[i])
			i++
			continue
		}
		for _, b := range value {
			raw, of = append(raw, b), append(of, span{text[i].from, text[i+size-1].to})
		}
		changed = true
		i += size
	}
	flush()
	return decoded, changed
}

// longestEntity bounds the references of HTML.
const longestEntity = 12

// entity is a reference of HTML; browsers read it without its semicolon too.
var entity = lazyregexp.New(`^&(#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z]+);?`)

// unescape decodes the escape that a text begins with; size is 0 if there is none.
func unescape(text []character) (value []byte, size int) {
	if len(text) < 2 {
		return nil, 0
	}
	var buffer [longestEntity]byte
	head := buffer[:min(len(text), longestEntity)]
	for i := range head {
		if c := text[i].rune; c >= 0 && c < utf8.RuneSelf {
			head[i] = byte(c) // 0 for all that are not ASCII
		}
	}
	switch head[0] {
	case '+':
		return []byte(" "), 1
	case '%', '=':
		return number(head, 1, 2, 16, true)
	case '&':
		reference := entity.Find(head)
		if read := html.UnescapeString(string(reference)); read != string(reference) {
			return []byte(read), len(reference)
		}
		return nil, 0
	}
	switch c := head[1]; {
	case c == 'x':
		return number(head, 2, 2, 16, true)
	case c == 'u':
		return number(head, 2, 4, 16, false)
	case c == 'U':
		return number(head, 2, 8, 16, false)
	case c >= '0' && c <= '7':
		return number(head, 1, 3, 8, true)
	case c != 0 && strings.IndexByte("abfnrtv", c) >= 0:
		return []byte{"\a\b\f\n\r\t\v"[strings.IndexByte("abfnrtv", c)]}, 2
	}
	return text[1].bytes(), 2
}

// number reads digits of an escape: a byte, or a character.
func number(text []byte, from, digits, base int, isByte bool) (value []byte, size int) {
	if len(text) < from+digits {
		return nil, 0
	}
	n, err := strconv.ParseUint(string(text[from:from+digits]), base, 32)
	switch {
	case err != nil, isByte && n > 255:
		return nil, 0
	case isByte:
		return []byte{byte(n)}, from + digits //nolint:gosec // G115: it is at most 255
	}
	return utf8.AppendRune(nil, rune(n)), from + digits //nolint:gosec // G115: AppendRune takes any
}
