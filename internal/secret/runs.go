package secret

import "unicode"

// runs are a set of runs of characters, by their hash. If two had the same hash, the eraser
// would take away too much.
type runs struct {
	all map[uint64]struct{}
	few [64]uint64 // a bit for some bits of each hash, as most lookups find nothing
}

func (r *runs) put(hash uint64) {
	if r.all == nil {
		r.all = map[uint64]struct{}{}
	}
	r.all[hash] = struct{}{}
	r.few[hash>>6&63] |= 1 << (hash & 63)
}

func (r *runs) has(hash uint64) bool {
	if r.few[hash>>6&63]&(1<<(hash&63)) == 0 {
		return false
	}
	_, ok := r.all[hash]
	return ok
}

// add adds the runs of a text, with and without its blanks, except those that leftOut
// reports.
func (r *runs) add(text string, fold bool, leftOut func(uint64) bool) {
	all := characters(text)
	for _, line := range [][]character{all, dense(all)} {
		hashes := hash(line, fold)
		for i := range len(line) - window + 1 {
			if run := hashes.of(i, window); leftOut == nil || !leftOut(run) {
				r.put(run)
			}
		}
	}
}

// addWhole adds a text that is shorter than a run.
func (r *runs) addWhole(text string) {
	all := characters(text)
	r.put(hash(all, false).of(0, len(all)))
}

// prefixes are the hashes of the beginnings of a text, from which those of its parts follow
// (Rabin and Karp).
type prefixes []uint64

const base = 0x9e3779b97f4a7c15

// powers of base, by exponent.
var powers = func() (p [window + 1]uint64) {
	p[0] = 1
	for i := range window {
		p[i+1] = p[i] * base
	}
	return p
}()

// hash returns the hashes of a text, in lower case if fold is set.
func hash(text []character, fold bool) prefixes {
	p := make(prefixes, len(text)+1)
	for i, c := range text {
		if fold {
			c.rune = unicode.ToLower(c.rune)
		}
		p[i+1] = p[i]*base + uint64(uint32(c.rune)) + 1 //nolint:gosec // G115: bits
	}
	return p
}

// of returns the hash of n characters.
func (p prefixes) of(from, n int) uint64 {
	h := p[from+n] - p[from]*powers[n]
	h ^= h >> 32
	return h*base ^ uint64(n) //nolint:gosec // G115: small
}

// gap reports whether a character may stand between those of a wrapped secret: white space,
// or one that is not visible.
func gap(c rune) bool { return unicode.IsSpace(c) || c >= 0 && !unicode.IsGraphic(c) }
