package examples

import (
	"fmt"
	"html"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// theme is the colours of a terminal, by the numbers of ANSI's select graphic
// rendition.
type theme struct {
	background, bar, text string
	colours               map[int]string
}

var themes = map[string]theme{
	"dark": {"#0d1117", "#161b22", "#e6edf3", map[int]string{
		31: "#ff7b72", 32: "#3fb950", 33: "#d29922", 34: "#79c0ff", 36: "#56d4dd", 90: "#8b949e",
	}},
	"light": {"#ffffff", "#f6f8fa", "#1f2328", map[int]string{
		31: "#cf222e", 32: "#116329", 33: "#7d4e00", 34: "#0550ae", 36: "#1b7c83", 90: "#656d76",
	}},
}

// The measures of a picture, in pixels.
const (
	columnWidth = 8.43 // of a monospaced font at 14 pixels
	lineHeight  = 20
	barHeight   = 34
	margin      = 18
)

// span is a piece of text in one style.
type span struct {
	text   string
	bold   bool
	colour int
}

var sgr = regexp.MustCompile(`\x1b\[([\d;]*)m`)

// spans splits what a CLI prints into lines of spans.
func spans(printed string) [][]span {
	var lines [][]span
	var style span
	for _, line := range strings.Split(printed, "\n") {
		var row []span
		for line != "" {
			at := sgr.FindStringSubmatchIndex(line)
			text := line
			if at != nil {
				text = line[:at[0]]
			}
			if text != "" {
				row = append(row, span{text, style.bold, style.colour})
			}
			if at == nil {
				break
			}
			style = style.change(line[at[2]:at[3]])
			line = line[at[1]:]
		}
		lines = append(lines, row)
	}
	return lines
}

// change applies the parameters of an escape sequence.
func (s span) change(parameters string) span {
	for _, word := range strings.Split(parameters, ";") {
		switch n, _ := strconv.Atoi(word); n {
		case 0:
			s = span{}
		case 1:
			s.bold = true
		case 39:
			s.colour = 0
		default:
			s.colour = n
		}
	}
	return s
}

// picture draws a terminal with a title and lines of text.
func (t theme) picture(title string, lines [][]span) string {
	columns := 0
	for _, row := range lines {
		n := 0
		for _, s := range row {
			n += utf8.RuneCountInString(s.text)
		}
		columns = max(columns, n)
	}
	width := int(float64(columns)*columnWidth) + 2*margin
	height := barHeight + len(lines)*lineHeight + 2*margin - 6
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-label="%s">`+"\n",
		width, height, width, height, html.EscapeString(title))
	fmt.Fprintf(&b, `<rect width="%d" height="%d" rx="8" fill="%s"/>`+"\n", width, height, t.background)
	fmt.Fprintf(&b, `<path d="M0 8a8 8 0 0 1 8-8h%da8 8 0 0 1 8 8v%dH0z" fill="%s"/>`+"\n", width-16, barHeight-8, t.bar)
	for i, colour := range []int{31, 33, 32} {
		fmt.Fprintf(&b, `<circle cx="%d" cy="%d" r="5.5" fill="%s"/>`+"\n", margin+20*i, barHeight/2, t.colours[colour])
	}
	fmt.Fprintf(&b, `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="%s">`+"\n", t.text)
	for i, row := range lines {
		if len(row) == 0 {
			continue
		}
		fmt.Fprintf(&b, `<text x="%d" y="%d" xml:space="preserve">`, margin, barHeight+margin+10+i*lineHeight)
		for _, s := range row {
			b.WriteString(t.piece(s))
		}
		b.WriteString("</text>\n")
	}
	b.WriteString("</g>\n</svg>\n")
	return b.String()
}

// piece is a span as SVG. Its length is fixed, so that frames meet in any font.
func (t theme) piece(s span) string {
	attributes := fmt.Sprintf(` textLength="%.2f"`, float64(utf8.RuneCountInString(s.text))*columnWidth)
	if s.bold {
		attributes += ` font-weight="600"`
	}
	if colour := t.colours[s.colour]; colour != "" {
		attributes += ` fill="` + colour + `"`
	}
	return "<tspan" + attributes + ">" + html.EscapeString(s.text) + "</tspan>"
}

// framed is a diagnostic in colour: Terraform draws a frame on its left.
var framed = regexp.MustCompile(`(?s)(?:\x1b\[[\d;]*m)*╷.*?╵(?:\x1b\[[\d;]*m)*`)

// If this fails, the picture in README.md differs from what the example prints. To
// draw it again: go test -run Picture -update.
func TestPictureShowsWhatIsPrinted(t *testing.T) {
	w := readme(t, newInternet(t))
	out, err := w.try("plan", "-input=false")
	if err == nil {
		t.Errorf("the plan succeeds:\n%s", out)
	}
	found := framed.FindAllString(out, -1)
	for _, diagnostic := range found {
		if !strings.Contains(diagnostic, "Error: ") {
			continue
		}
		lines := spans("\x1b[90m$\x1b[0m \x1b[1mterraform plan\x1b[0m\n" + diagnostic)
		for name, colours := range themes {
			golden(t, filepath.Join(root, ".github", "plan-"+name+".svg"), colours.picture("terraform plan fails: port 465 with STARTTLS", lines))
		}
		return
	}
	t.Errorf("no error is printed:\n%s", out)
}
