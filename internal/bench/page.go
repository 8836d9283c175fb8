package main

import (
	"cmp"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// block is a heading with text, a table and a plot of the page.
type block struct {
	title   string
	level   int // of the heading; 0 stands for 2
	text    string
	columns []string
	rows    [][]string
	plot    *plot
}

func (b block) markdown() string {
	var out strings.Builder
	fmt.Fprintf(&out, "\n%s %s\n\n", strings.Repeat("#", cmp.Or(b.level, 2)), b.title)
	if b.text != "" {
		out.WriteString(b.text + "\n")
	}
	if len(b.rows) > 0 {
		fmt.Fprintf(&out, "\n| %s |\n|%s\n", strings.Join(b.columns, " | "), strings.Repeat(" --- |", len(b.columns)))
		for _, row := range b.rows {
			fmt.Fprintf(&out, "| %s |\n", strings.Join(row, " | "))
		}
	}
	if b.plot != nil {
		fmt.Fprintf(&out, "\n![%s](%s)\n", b.plot.title, b.plot.file)
	}
	return out.String()
}

// processTitle is the heading of the page's last table.
const processTitle = "The provider's process"

// replaceLast puts a table in place of the page's last one.
func replaceLast(folder string, b block) error {
	file := filepath.Join(folder, "PERFORMANCE.md")
	page, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	before, _, found := strings.Cut(string(page), "\n## "+processTitle+"\n")
	if !found {
		return fmt.Errorf("%s has no table called %q", file, processTitle)
	}
	return os.WriteFile(file, []byte(before+b.markdown()), 0o644)
}

// write writes the page and its plots.
func write(folder string, blocks []block) error {
	var page strings.Builder
	for _, b := range blocks {
		page.WriteString(b.markdown())
		if b.plot != nil {
			if err := os.WriteFile(filepath.Join(folder, b.plot.file), []byte(b.plot.svg()), 0o644); err != nil {
				return err
			}
		}
	}
	text := strings.TrimLeft(page.String(), "\n")
	return os.WriteFile(filepath.Join(folder, "PERFORMANCE.md"), []byte(text), 0o644)
}

// plot is a chart of horizontal bars.
type plot struct {
	file, title, unit string
	bars              []bar
}

type bar struct {
	label string
	value float64
	more  bool // the value is a lower bound: it was cut off there
}

// svg draws the chart in colours that read on light and dark pages.
func (p plot) svg() string {
	const left, width, row = 260, 420, 22
	most := 0.0
	for _, b := range p.bars {
		most = max(most, b.value)
	}
	var out strings.Builder
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">`+"\n",
		left+width+110, 40+row*len(p.bars))
	out.WriteString("<style>text{fill:#24292f}@media (prefers-color-scheme:dark){text{fill:#e6edf3}}</style>\n")
	fmt.Fprintf(&out, `<text x="8" y="18" font-weight="bold">%s</text>`+"\n", html.EscapeString(p.title))
	for i, b := range p.bars {
		y := 32 + row*i
		length := max(1, int(b.value/most*width))
		colour, bound := "#8c959f", ""
		if strings.HasPrefix(b.label, "smtp_connection") {
			colour = "#2da44e"
		}
		if b.more {
			bound = "> "
		}
		fmt.Fprintf(&out, `<text x="%d" y="%d" text-anchor="end">%s</text>`+"\n", left-8, y+14, html.EscapeString(b.label))
		fmt.Fprintf(&out, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`+"\n", left, y+3, length, row-8, colour)
		fmt.Fprintf(&out, `<text x="%d" y="%d">%s%.4g %s</text>`+"\n", left+length+6, y+14, bound, b.value, p.unit)
	}
	out.WriteString("</svg>\n")
	return out.String()
}

// median of an odd or even number of values; values are sorted in place.
func median[T time.Duration | float64](values []T) T {
	slices.Sort(values)
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}

func ms(d time.Duration) string {
	return fmt.Sprintf("%d ms", d.Round(time.Millisecond).Milliseconds())
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }

// ratio compares a figure with the first of its table.
func ratio(value, first time.Duration) string {
	return fmt.Sprintf("%.2f", value.Seconds()/first.Seconds())
}
