package finding

var certificateRows = []Row{}
