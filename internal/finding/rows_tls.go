package finding

var tlsRows = []Row{}
