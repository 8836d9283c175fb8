package clients

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/nearest"
)

//go:embed data/*.json
var data embed.FS

// load decodes the data once. The files are part of the program and a test
// decodes them all, so an error here is a mistake of the build.
var load = sync.OnceValue(func() []Client {
	all, err := decode(data)
	if err != nil {
		panic("clients: " + err.Error())
	}
	return all
})

// All returns every client, sorted by id.
func All() []Client { return slices.Clone(load()) }

// Lookup returns the client with the given id.
func Lookup(id string) (Client, bool) {
	all := load()
	i, ok := slices.BinarySearchFunc(all, id, func(c Client, id string) int { return strings.Compare(c.ID, id) })
	if !ok {
		return Client{}, false
	}
	return all[i], true
}

// Nearest returns up to three ids that a misspelt one could stand for, nearest
// first: a slip or two away, or with the word in id or name.
func Nearest(id string) []string {
	const slips, most = 2, 3
	word := strings.NewReplacer("_", "-", " ", "-").Replace(strings.ToLower(strings.TrimSpace(id)))
	if word == "" {
		return nil
	}
	type candidate struct {
		id       string
		distance int
	}
	var found []candidate
	for _, c := range load() {
		d := nearest.Distance(word, c.ID)
		if len(word) > 2 && (strings.Contains(c.ID, word) || strings.Contains(strings.ToLower(c.Name), word)) {
			d = min(d, 1)
		}
		if d <= min(slips, len(word)/2) {
			found = append(found, candidate{c.ID, d})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return a.distance - b.distance })
	var ids []string
	for _, c := range found[:min(most, len(found))] {
		ids = append(ids, c.id)
	}
	return ids
}

// decode reads every data file strictly: an unknown field is an error.
func decode(files fs.FS) ([]Client, error) {
	names, err := fs.Glob(files, "data/*.json")
	if err != nil {
		return nil, err
	}
	all := make([]Client, 0, len(names))
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.DisallowUnknownFields()
		var c Client
		if err := decoder.Decode(&c); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if decoder.More() {
			return nil, fmt.Errorf("%s: more than one value", name)
		}
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b Client) int { return strings.Compare(a.ID, b.ID) })
	return all, nil
}
