package finding

var portRows = []Row{}
