package wire

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// decoded returns a text in UTF-8. Replies are in ASCII or UTF-8 (RFC 5321 section
// 2.3.1, RFC 6531 section 3.7.4.1), except for some Chinese services, which write GBK.
// Anything else stays as it is.
func decoded(text string) string {
	if utf8.ValidString(text) || !looksChinese(text) {
		return text
	}
	out, err := simplifiedchinese.GBK.NewDecoder().String(text)
	if err != nil || !hasHan(out) {
		return text
	}
	return out
}

// looksChinese reports whether all bytes beyond ASCII come in pairs that GB 2312
// knows. Letters of European alphabets mostly stand alone.
func looksChinese(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] < utf8.RuneSelf {
			continue
		}
		if i+1 == len(text) || text[i] < 0xa1 || text[i] > 0xf7 || text[i+1] < 0xa1 || text[i+1] == 0xff {
			return false
		}
		i++
	}
	return true
}

func hasHan(text string) bool {
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			return true
		}
	}
	return false
}
