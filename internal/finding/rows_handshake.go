package finding

var handshakeRows = []Row{}
