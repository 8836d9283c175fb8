package main

import (
	"maps"

	"github.com/argoproj/notifications-engine/pkg/services"
	"go.yaml.in/yaml/v3"
)

// argoCD has Argo CD's notifications read the settings as a service of its config
// map, and send.
func argoCD(g given) error {
	options := maps.Clone(g.Settings)
	for name, value := range g.Secrets {
		options[name] = value
	}
	file, err := yaml.Marshal(options)
	if err != nil {
		return err
	}
	service, err := services.NewService("email", file)
	if err != nil {
		return err
	}
	return service.Send(
		services.Notification{Message: "A test.", Email: &services.EmailNotification{Subject: "Test"}},
		services.Destination{Service: "email", Recipient: g.To},
	)
}
