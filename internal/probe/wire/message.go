package wire

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net/textproto"
)

// Send sends a message after MAIL FROM and RCPT TO, and returns the reply to it. The lines
// of the message end in CRLF. With chunking, which the server must have listed, it goes by
// BDAT (RFC 3030 section 2), else by DATA with its dots stuffed (RFC 5321 section 4.5.2).
//
// If [Conn.MessageSent] is true afterwards, the server may have the message, whatever Send
// returns.
func (c *Conn) Send(ctx context.Context, message []byte, chunking bool) (Reply, error) {
	if chunking {
		line := fmt.Sprintf("BDAT %d LAST", len(message))
		return c.handOver(ctx, line, message)
	}
	r, err := c.command(ctx, StepData, "DATA", "DATA")
	if err != nil {
		return Reply{}, err
	}
	if r.Code != 354 {
		return r.Reply, &ReplyError{Step: StepData, Reply: r.Reply}
	}
	return c.handOver(ctx, "", dotted(message))
}

// handOver sends the message, after a command line if there is one, in a single write.
func (c *Conn) handOver(ctx context.Context, line string, message []byte) (Reply, error) {
	defer c.bind(ctx)()
	if err := c.inStep(ctx, StepMessage); err != nil {
		return Reply{}, err
	}
	c.goesOut(StepMessage)
	if line != "" {
		c.note(line)
		message = append([]byte(line+"\r\n"), message...)
	}
	c.transcript.note(fmt.Sprintf("C: [message, %d bytes]", len(message)))
	if _, err := c.writer().Write(message); err != nil {
		return Reply{}, c.failed(ctx, StepMessage, err)
	}
	r, err := c.reply(ctx, StepMessage)
	switch {
	case err != nil:
		return Reply{}, err
	case r.Code/100 != 2:
		return r.Reply, &ReplyError{Step: StepMessage, Reply: r.Reply}
	}
	return r.Reply, nil
}

// dotted returns a message as DATA takes it, with the dot that ends it.
func dotted(message []byte) []byte {
	var out bytes.Buffer
	w := textproto.NewWriter(bufio.NewWriter(&out)).DotWriter()
	_, _ = w.Write(message) // to memory
	_ = w.Close()
	return out.Bytes()
}
