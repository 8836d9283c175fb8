package services

import (
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog"
)

//go:embed data/*.json
var data embed.FS

// catalogue is the decoded data with its indexes.
type catalogue struct {
	services []Service // sorted by id
	byID     map[string]int
	hosts    index[int]      // submission hosts; the value is a position in services
	others   index[mistaken] // hosts with another role
	known    []string        // every submission host written out, for [Nearest]
}

type mistaken struct {
	service int
	host    OtherHost
}

// load decodes the data once. The files are part of the program and a test
// decodes them all, so an error here is a mistake of the build.
var load = sync.OnceValue(func() catalogue {
	services, err := decode(data)
	if err != nil {
		panic("services: " + err.Error())
	}
	return compile(services)
})

// All returns every service, sorted by id.
func All() []Service { return slices.Clone(load().services) }

// ByID returns the service with the given id.
func ByID(id string) (Service, bool) {
	c := load()
	i, ok := c.byID[id]
	if !ok {
		return Service{}, false
	}
	return c.services[i], true
}

// ByHost returns the service that takes submissions at the given host, in any
// case of letters and with or without a final dot. Services on this machine
// have no host of their own and are never found.
func ByHost(host string) (Service, bool) {
	c := load()
	i, _, ok := c.hosts.find(fold(host))
	if !ok {
		return Service{}, false
	}
	return c.services[i], true
}

// Mistaken returns the service to which a host belongs that is not for
// submission, and what the host is for. Placeholders are filled in.
func Mistaken(host string) (Service, OtherHost, bool) {
	c := load()
	name := fold(host)
	m, value, ok := c.others.find(name)
	if !ok {
		return Service{}, OtherHost{}, false
	}
	other := m.host
	other.Name, other.Use = name, fill(other.Use, value)
	return c.services[m.service], other, true
}

// decode reads the data files, and compiles the patterns in them.
func decode(files fs.FS) ([]Service, error) {
	services, err := catalog.Read(files, func(s Service) string { return s.ID })
	if err != nil {
		return nil, err
	}
	for i := range services {
		s := &services[i]
		if s.Username.form, err = form(s.Username.Pattern); err != nil {
			return nil, fmt.Errorf("%s: username: %w", s.ID, err)
		}
		if s.Password.form, err = form(s.Password.Pattern); err != nil {
			return nil, fmt.Errorf("%s: password: %w", s.ID, err)
		}
		for j := range s.Password.Others {
			o := &s.Password.Others[j]
			if o.form, err = form(o.Pattern); err != nil {
				return nil, fmt.Errorf("%s: password: %w", s.ID, err)
			}
		}
	}
	return services, nil
}

func form(pattern string) (*regexp.Regexp, error) {
	if pattern == "" {
		return nil, nil
	}
	return regexp.Compile(pattern)
}

func compile(services []Service) catalogue {
	c := catalogue{services: services, byID: map[string]int{}}
	for i, s := range services {
		c.byID[s.ID] = i
		for _, h := range s.Hosts {
			if isLocal(h.Name) {
				continue
			}
			c.hosts.add(h.Name, i)
			c.known = append(c.known, h.names()...)
		}
		for _, o := range s.OtherHosts {
			c.others.add(o.Name, mistaken{i, o})
		}
	}
	return c
}

// isLocal reports whether a host is that of a program on this machine.
func isLocal(name string) bool { return name == "localhost" || strings.HasPrefix(name, "127.") }
