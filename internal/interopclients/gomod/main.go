// Command gomod sends a message with one of Go's mail packages, named by its
// argument. The settings to apply come as JSON on standard input.
package main

import (
	"crypto/tls"
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"
)

// given is what a driver is to apply and to send.
type given struct {
	Settings map[string]any    `json:"settings"`
	Secrets  map[string]string `json:"secrets"`
	From     string            `json:"from"`
	To       string            `json:"to"`
	Message  string            `json:"message"`
}

// text returns a setting of that type, or "" where there is none.
func (g given) text(name string) string {
	value, _ := g.Settings[name].(string)
	return value
}

// number returns a setting of that type.
func (g given) number(name string) int {
	value, _ := g.Settings[name].(float64)
	return int(value)
}

// isSet reports whether a setting is true.
func (g given) isSet(name string) bool { return g.Settings[name] == true }

// tlsConfig returns a setting whose fields are those of a tls.Config, or nil where
// there is none.
func (g given) tlsConfig(name string) *tls.Config {
	fields, ok := g.Settings[name].(map[string]any)
	if !ok {
		return nil
	}
	serverName, _ := fields["ServerName"].(string)
	return &tls.Config{ServerName: serverName, InsecureSkipVerify: fields["InsecureSkipVerify"] == true}
}

// environment returns the settings as variables, each a name and its value.
func (g given) environment() []string {
	var all []string
	for name := range g.Settings {
		all = append(all, name+"="+g.text(name))
	}
	for name, value := range g.Secrets {
		all = append(all, name+"="+value)
	}
	return all
}

// drivers are the packages, each by the path of its module.
var drivers = map[string]func(given) error{
	"net/smtp":                                 netSMTP,
	"github.com/wneessen/go-mail":              goMail,
	"gopkg.in/gomail.v2":                       gomailV2,
	"github.com/prometheus/alertmanager":       alertmanager,
	"gitea.dev":                                gitea,
	"github.com/argoproj/notifications-engine": argoCD,
	"github.com/ory/kratos":                    kratos,
}

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(path string) error {
	var g given
	if err := json.NewDecoder(os.Stdin).Decode(&g); err != nil {
		return err
	}
	driver, ok := drivers[path]
	if !ok {
		return fmt.Errorf("no driver of %q", path)
	}
	fmt.Println(path, version(path))
	return driver(g)
}

// version returns the release of a module, and Go's for a package of its own.
func version(path string) string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, module := range info.Deps {
		if module.Path == path {
			return module.Version
		}
	}
	return "of " + info.GoVersion
}
