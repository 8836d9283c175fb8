package finding

var authRows = []Row{}
