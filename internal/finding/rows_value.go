package finding

var valueRows = []Row{}
