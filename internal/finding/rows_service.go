package finding

var serviceRows = []Row{}
