package finding

var envelopeRows = []Row{}
