// Package catalog is what the catalogues below it have in common: how their data
// files are read, and which entry a misspelt id may stand for.
//
// It knows nothing of what an entry is about.
package catalog

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/nearest"
)

// Read decodes every file of the folder data, and sorts the entries by id. It is
// strict: a field that is unknown, and more than one value in a file, is an error.
func Read[T any](files fs.FS, id func(T) string) ([]T, error) {
	names, err := fs.Glob(files, "data/*.json")
	if err != nil {
		return nil, err
	}
	entries := make([]T, 0, len(names))
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.DisallowUnknownFields()
		var entry T
		if err := decoder.Decode(&entry); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("%s: more than one value", name)
		}
		entries = append(entries, entry)
	}
	slices.SortFunc(entries, func(a, b T) int { return strings.Compare(id(a), id(b)) })
	return entries, nil
}

// Names are how an entry is called: by its id, and in words.
type Names struct{ ID, Name string }

// Nearest returns up to three ids that a misspelt one could stand for, nearest
// first: those at most so many slips away, and those with the word in id or name.
func Nearest(id string, entries []Names, slips int) []string {
	const most = 3
	word := strings.NewReplacer("_", "-", " ", "-").Replace(strings.ToLower(strings.TrimSpace(id)))
	if word == "" {
		return nil
	}
	compact := strings.ReplaceAll(word, "-", "") // office-365, send-grid
	type candidate struct {
		id       string
		distance int
	}
	var found []candidate
	for _, e := range entries {
		if e.ID == word {
			return []string{e.ID}
		}
		d := nearest.Distance(word, e.ID)
		if name := strings.ToLower(e.Name); len(word) > 2 && (strings.Contains(e.ID, word) || strings.Contains(name, word) || strings.Contains(name, compact)) {
			d = min(d, 1)
		}
		if d <= min(slips, len(word)/2) {
			found = append(found, candidate{e.ID, d})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return a.distance - b.distance })
	var ids []string
	for _, c := range found[:min(most, len(found))] {
		ids = append(ids, c.id)
	}
	return ids
}
