package finding

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestQuote is how many characters of somebody else's text are shown.
const longestQuote = 400

// lineEnds shows where a line ended in a text that is shown on one.
var lineEnds = strings.NewReplacer("\r\n", " ⏎ ", "\n", " ⏎ ")

// Quote makes a text from the wire fit to print: control, format (bidi) and
// private characters and bytes that are not UTF-8 are shown as escapes, white
// space at the ends is cut, and so is what goes beyond 400 characters. The
// result is one line.
func Quote(text string) string {
	text = lineEnds.Replace(strings.TrimSpace(text))
	var b strings.Builder
	n := 0
	for i := 0; i < len(text); {
		if n++; n > longestQuote {
			fmt.Fprintf(&b, "… (%d bytes more)", len(text)-i)
			break
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, text[i])
		case unicode.IsPrint(r):
			b.WriteRune(r)
		case r < 0x80:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			fmt.Fprintf(&b, `\u{%04x}`, r)
		}
		i += size
	}
	return b.String()
}
