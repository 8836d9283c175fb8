package finding

var hostRows = []Row{}
