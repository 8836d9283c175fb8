package main

import (
	"time"

	"gitea.dev/modules/setting"
	"gitea.dev/services/mailer/sender"
)

// gitea has Gitea write its environment into a configuration file and read that,
// as its container does, and send a mail of its own.
func gitea(g given) error {
	const file = "app.ini"
	written, err := setting.NewConfigProviderFromFile(file)
	if err != nil {
		return err
	}
	setting.EnvironmentToConfig(written, g.environment())
	if err := written.SaveTo(file); err != nil {
		return err
	}
	setting.InitCfgProvider(file)
	setting.LoadSettingsForInstall()
	return sender.Send(&sender.SMTPSender{}, &sender.Message{
		FromAddress: setting.MailService.FromEmail, To: g.To,
		Subject: "Test", Body: "A test.", Date: time.Now(), Headers: map[string][]string{},
	})
}
