package smtptest

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"unicode/utf16"
)

// signature begins every message of NTLM (MS-NLMP section 2.2.1).
const signature = "NTLMSSP\x00"

// ntlmFlags: Unicode, request target, NTLM, target type server, extended session
// security, target info (MS-NLMP section 2.2.2.5).
const ntlmFlags = 1<<0 | 1<<2 | 1<<9 | 1<<17 | 1<<19 | 1<<23

// ntlm serves the messages of MS-NLMP, as MS-SMTPNTLM carries them. It accepts
// every well-formed NTLMv2 response of a known user and does not check the
// password: that would take MD4, which no package here offers.
func ntlm(s *session) step {
	challenged := false
	return func(response []byte) ([]byte, *verdict) {
		switch {
		case response == nil:
			return nil, nil
		case !challenged && messageType(response) == 1:
			challenged = true
			return ntlmChallenge(s.cfg.Name), nil
		case !challenged || messageType(response) != 3:
			return nil, &verdict{}
		}
		username := fromUTF16(field(response, 36))
		answer := field(response, 20)
		_, known := s.cfg.Users[username]
		return nil, &verdict{username: username, ok: known && len(answer) > 24} // 24 bytes are NTLMv1
	}
}

func messageType(message []byte) uint32 {
	if len(message) < 12 || !bytes.HasPrefix(message, []byte(signature)) {
		return 0
	}
	return binary.LittleEndian.Uint32(message[8:])
}

// ntlmChallenge is a CHALLENGE_MESSAGE (MS-NLMP section 2.2.1.2) that names the
// server.
func ntlmChallenge(name string) []byte {
	const header = 48
	target := toUTF16(name)
	info := binary.LittleEndian.AppendUint16(nil, 1) // MsvAvNbComputerName
	info = binary.LittleEndian.AppendUint16(info, uint16(len(target)))
	info = append(append(info, target...), 0, 0, 0, 0) // MsvAvEOL

	message := binary.LittleEndian.AppendUint32([]byte(signature), 2)
	message = appendField(message, len(target), header)
	message = binary.LittleEndian.AppendUint32(message, ntlmFlags)
	message = append(message, rand.Text()[:8]...) // the challenge proper
	message = append(message, make([]byte, 8)...)
	message = appendField(message, len(info), header+len(target))
	return append(append(message, target...), info...)
}

func appendField(message []byte, length, offset int) []byte {
	message = binary.LittleEndian.AppendUint16(message, uint16(length))
	message = binary.LittleEndian.AppendUint16(message, uint16(length))
	return binary.LittleEndian.AppendUint32(message, uint32(offset))
}

// field returns what the length and offset at a place of a message point to, or nothing if
// they lead outside.
func field(message []byte, at int) []byte {
	if len(message) < at+8 {
		return nil
	}
	length := uint64(binary.LittleEndian.Uint16(message[at:]))
	offset := uint64(binary.LittleEndian.Uint32(message[at+4:]))
	if offset+length > uint64(len(message)) {
		return nil
	}
	return message[offset : offset+length]
}

func toUTF16(text string) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		out = binary.LittleEndian.AppendUint16(out, unit)
	}
	return out
}

func fromUTF16(raw []byte) string {
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(raw[2*i:])
	}
	return string(utf16.Decode(units))
}
