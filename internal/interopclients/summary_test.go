//go:build interop && interopclients

package interopclients

import (
	"fmt"
	"strings"
	"sync"
)

// tally counts the trials of a consumer by conduct and outcome.
type tally struct {
	version string
	counts  map[conduct]map[outcome]int
}

var (
	mu      sync.Mutex
	tallies = map[string]*tally{}
)

// note adds a trial to the summary.
func note(tr trial, version string, o outcome) {
	mu.Lock()
	defer mu.Unlock()
	one := tallies[tr.label]
	if one == nil {
		one = &tally{counts: map[conduct]map[outcome]int{}}
		tallies[tr.label] = one
	}
	one.version = version
	if one.counts[tr.conduct] == nil {
		one.counts[tr.conduct] = map[outcome]int{}
	}
	one.counts[tr.conduct][o]++
}

// abilities are the consumers that showed what the catalogue says of an ability.
var abilities = map[string][]string{}

func noteAbility(c consumer, name string) {
	mu.Lock()
	defer mu.Unlock()
	abilities[name] = append(abilities[name], c.label)
}

func proved(name string) int {
	mu.Lock()
	defer mu.Unlock()
	return len(abilities[name])
}

// summary is a line for each consumer: how many trials came out how, all of them
// as the catalogue claims.
func summary() string {
	mu.Lock()
	defer mu.Unlock()
	var b strings.Builder
	for _, c := range consumers {
		one := tallies[c.label]
		if one == nil {
			continue
		}
		fmt.Fprintf(&b, "%s (%s)", c.id, one.version)
		for _, conduct := range conducts {
			for _, o := range []outcome{sentOverTLS, sentInClear, stayedInClear, refused} {
				if n := one.counts[conduct][o]; n > 0 {
					fmt.Fprintf(&b, "; %s: %s %d", conduct, o, n)
				}
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}
