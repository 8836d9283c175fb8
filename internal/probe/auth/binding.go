package auth

import (
	"github.com/xdg-go/scram"
)

func canBind(ch Channel) bool {
	_, ok := binding(ch)
	return ok
}

// binding returns what binds the login to this TLS channel: tls-unique (RFC 5929) under TLS
// 1.2, where servers expect it; else tls-exporter if the keys of the session can be exported
// safely (RFC 9266; always under TLS 1.3); else the server's certificate (RFC 5929).
func binding(ch Channel) (scram.ChannelBinding, bool) {
	if ch.TLS == nil || !ch.TLS.HandshakeComplete {
		return scram.ChannelBinding{}, false
	}
	if len(ch.TLS.TLSUnique) > 0 {
		return scram.NewTLSUniqueBinding(ch.TLS.TLSUnique), true
	}
	if bound, err := scram.NewTLSExporterBinding(ch.TLS); err == nil {
		return bound, true
	}
	bound, err := scram.NewTLSServerEndpointBinding(ch.TLS)
	return bound, err == nil
}
