# Rails' ActionMailer: the settings are config.action_mailer.smtp_settings.
require "json"
require "action_mailer"
require "mail"

given = JSON.parse($stdin.read)
puts "ActionMailer #{ActionMailer.version}, mail #{Mail::VERSION.version} on Ruby #{RUBY_VERSION}"
ActionMailer::Base.logger = nil
ActionMailer::Base.delivery_method = :smtp
ActionMailer::Base.smtp_settings = given["settings"].merge(given["secrets"]).transform_keys(&:to_sym)

class TestMailer < ActionMailer::Base
  def test(from, to)
    mail(from: from, to: to, subject: "Test", body: "A test.\n", content_type: "text/plain")
  end
end
TestMailer.test(given["from"], given["to"]).deliver_now
