package finding

var connectRows = []Row{}
