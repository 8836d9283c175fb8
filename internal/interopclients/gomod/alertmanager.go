package main

import (
	"context"
	"log/slog"
	"maps"
	"net/url"
	"time"

	"github.com/prometheus/alertmanager/alert"
	"github.com/prometheus/alertmanager/config"
	"github.com/prometheus/alertmanager/notify"
	"github.com/prometheus/alertmanager/notify/email"
	"github.com/prometheus/alertmanager/template"
	"github.com/prometheus/common/model"
	"go.yaml.in/yaml/v3"
)

// alertmanager has Alertmanager read a configuration file whose global part is
// the settings, and notify its receiver of an alert.
func alertmanager(g given) error {
	global := maps.Clone(g.Settings)
	for name, value := range g.Secrets {
		global[name] = value
	}
	file, err := yaml.Marshal(map[string]any{
		"global": global,
		"route":  map[string]any{"receiver": "test"},
		"receivers": []any{map[string]any{
			"name": "test",
			"email_configs": []any{map[string]any{
				"to": g.To, "html": "", "text": "A test.", "headers": map[string]any{"Subject": "Test"},
			}},
		}},
	})
	if err != nil {
		return err
	}
	conf, err := config.Load(string(file))
	if err != nil {
		return err
	}
	templates, err := template.New()
	if err != nil {
		return err
	}
	templates.ExternalURL = &url.URL{Scheme: "http", Host: "alerts.example.test"} // named in every message
	notifier := email.New(conf.Receivers[0].EmailConfigs[0], templates, slog.New(slog.DiscardHandler))
	ctx := notify.WithGroupKey(context.Background(), "test")
	return notifier.Notify(ctx, &alert.Alert{Alert: model.Alert{
		Labels: model.LabelSet{"alertname": "Test"}, StartsAt: time.Now(),
	}}).Err()
}
