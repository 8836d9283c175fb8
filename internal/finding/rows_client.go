package finding

var clientRows = []Row{}
