package finding

var loginRows = []Row{}
