# Ruby's mail: the settings are those of the delivery method.
require "json"
require "mail"

given = JSON.parse($stdin.read)
puts "mail #{Mail::VERSION.version} on Ruby #{RUBY_VERSION}"
options = given["settings"].merge(given["secrets"]).transform_keys(&:to_sym)
message = Mail.new(from: given["from"], to: given["to"], subject: "Test", body: "A test.\n")
message.delivery_method(:smtp, options)
message.deliver!
