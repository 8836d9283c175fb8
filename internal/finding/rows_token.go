package finding

var tokenRows = []Row{}
