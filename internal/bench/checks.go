package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// runs is how often a figure is measured, after one run that isn't counted.
const runs = 5

// roundTrips reports what the engine's own test counts in virtual time.
func roundTrips(b *bench) ([]block, error) {
	said, err := b.output(".", "go", "test", "-count=1", "-json", "-run", "^TestRoundTrips$", "./internal/probe")
	if err != nil {
		return nil, err
	}
	table := block{
		title:   "Round trips",
		text:    "One check with a login, in virtual time: counted, not measured. The opening of the connection is one of them; QUIT is sent and not awaited. The least is what RFC 5321, RFC 3207, RFC 8446 or RFC 5246, and the mechanism ask for.",
		columns: []string{"check", "round trips", "the least"},
	}
	for line := range strings.Lines(said) {
		var event struct{ Output string }
		if json.Unmarshal([]byte(line), &event) != nil {
			continue
		}
		if _, counted, found := strings.Cut(event.Output, "round trips: "); found {
			table.rows = append(table.rows, strings.Split(strings.TrimSpace(counted), " | "))
		}
	}
	if len(table.rows) == 0 {
		return nil, errors.New("the test of round trips reports none")
	}
	return []block{table}, nil
}

// oneCheck times a whole check at three distances.
func oneCheck(b *bench) ([]block, error) {
	ctx, end := context.WithCancel(b.ctx)
	defer end()
	var blocks []block
	for _, mode := range []settings.TLSMode{settings.Implicit, settings.StartTLS} {
		server, authority, err := serve(ctx, b.dir, mode)
		if err != nil {
			return nil, err
		}
		table := block{
			title:   "One check, " + string(mode),
			text:    "Whole programs, start included, at the given round-trip time; medians of 5 runs. msmtp and openssl don't log in. " + b.versions() + ".",
			columns: []string{"program", "logs in", "0 ms", "20 ms", "100 ms", "ratio at 100 ms"},
			plot:    &plot{file: "check-" + string(mode) + ".svg", title: "One check at 100 ms, " + string(mode), unit: "ms"},
		}
		rows := make([][]string, len(programs))
		for i, p := range programs {
			rows[i] = []string{p.name, map[bool]string{true: "yes", false: "no"}[p.logsIn]}
		}
		var took []time.Duration
		for _, rtt := range []time.Duration{0, 20 * time.Millisecond, 100 * time.Millisecond} {
			t, err := behind(ctx, server, authority, mode, rtt)
			if err != nil {
				return nil, err
			}
			if took, err = b.inTurn(t); err != nil {
				return nil, err
			}
			for i := range programs {
				rows[i] = append(rows[i], ms(took[i]))
			}
		}
		for i, p := range programs {
			table.rows = append(table.rows, append(rows[i], ratio(took[i], took[0])))
			table.plot.bars = append(table.plot.bars, bar{label: p.name, value: float64(took[i].Milliseconds())})
		}
		blocks = append(blocks, table)
	}
	return blocks, nil
}

// inTurn returns the median time of each program; they take turns.
func (b *bench) inTurn(t target) ([]time.Duration, error) {
	times := make([][]time.Duration, len(programs))
	for run := range runs + 1 {
		for i, p := range programs {
			took, said, err := p.run(b.ctx, b, t)
			if err != nil {
				return nil, fmt.Errorf("%s: %w\n%s", p.name, err, said)
			}
			if run > 0 {
				times[i] = append(times[i], took)
			}
		}
	}
	medians := make([]time.Duration, len(programs))
	for i := range times {
		medians[i] = median(times[i])
	}
	return medians, nil
}

// patience is when a program that says nothing is ended.
const patience = time.Minute

// wrongMode times the diagnosis where the declared mode is not the server's. All
// programs wait at the same time, since most of them only wait.
func wrongMode(b *bench) ([]block, error) {
	ctx, end := context.WithCancel(b.ctx)
	defer end()
	var blocks []block
	for _, test := range []struct {
		serves, declared settings.TLSMode
		title, file      string
	}{
		{settings.StartTLS, settings.Implicit, "A STARTTLS port declared implicit", "declared-implicit.svg"},
		{settings.Implicit, settings.StartTLS, "A port with implicit TLS declared starttls", "declared-starttls.svg"},
	} {
		server, authority, err := serve(ctx, b.dir, test.serves)
		if err != nil {
			return nil, err
		}
		t, err := behind(ctx, server, authority, test.declared, 100*time.Millisecond)
		if err != nil {
			return nil, err
		}
		table := block{
			title:   test.title,
			text:    "Time until each program says that it failed, at 100 ms, cut off after 60 s; one run. The words are the last line that it prints.",
			columns: []string{"program", "time", "what it says"},
			plot:    &plot{file: test.file, title: test.title + ": time until a failure is reported", unit: "s"},
		}
		for _, o := range b.allAtOnce(ctx, t) {
			shown := seconds(o.took)
			if o.cutOff {
				shown = "more than 60 s"
			}
			table.rows = append(table.rows, []string{o.name, shown, o.words})
			table.plot.bars = append(table.plot.bars, bar{o.name, o.took.Seconds(), o.cutOff})
		}
		blocks = append(blocks, table)
	}
	return blocks, nil
}

type outcome struct {
	name, words string
	took        time.Duration
	cutOff      bool
}

func (b *bench) allAtOnce(ctx context.Context, t target) []outcome {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	outcomes := make([]outcome, len(programs))
	var wait sync.WaitGroup
	for i, p := range programs {
		wait.Go(func() {
			took, said, _ := p.run(ctx, b, t)
			outcomes[i] = outcome{p.name, lastLine(said), took, ctx.Err() != nil}
		})
	}
	wait.Wait()
	slices.SortStableFunc(outcomes, func(a, b outcome) int { return cmp.Compare(a.took, b.took) })
	return outcomes
}

// lastLine is what a program said last, fit for a table.
func lastLine(said string) string {
	lines := strings.Split(strings.TrimSpace(said), "\n")
	line := []rune(strings.ReplaceAll(strings.TrimSpace(lines[len(lines)-1]), "|", "/"))
	if len(line) == 0 {
		return "(nothing)"
	}
	return "`" + strings.ReplaceAll(string(line[:min(len(line), 110)]), "`", "'") + "`"
}
