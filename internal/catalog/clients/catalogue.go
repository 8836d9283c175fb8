package clients

import (
	"embed"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog"
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
// first.
func Nearest(id string) []string {
	const slips = 2
	all := load()
	names := make([]catalog.Names, 0, len(all))
	for _, c := range all {
		names = append(names, catalog.Names{ID: c.ID, Name: c.Name})
	}
	return catalog.Nearest(id, names, slips)
}

func decode(files fs.FS) ([]Client, error) {
	return catalog.Read(files, func(c Client) string { return c.ID })
}
