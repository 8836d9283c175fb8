package finding

// Party is whom a server refuses. What to do about a refusal follows from it.
type Party string

// The parties.
const (
	Client    Party = "client"    // this machine: its EHLO name, address, certificate or behaviour
	Account   Party = "account"   // the credentials, or what they allow
	Sender    Party = "sender"    // the address in MAIL FROM or From
	Recipient Party = "recipient" // an address in RCPT TO
	Message   Party = "message"   // its size, headers or content
	Server    Party = "server"    // nobody: the reply is about the server itself
)

// parties are how each is shown among the evidence.
var parties = map[Party]string{
	Client:    "the client (this machine: its name, address or behaviour)",
	Account:   "the account (the login, or what it may do)",
	Sender:    "the sender (from)",
	Recipient: "the recipient (rcpt_to)",
	Message:   "the message",
	Server:    "nobody (the reply is about the server itself)",
}
