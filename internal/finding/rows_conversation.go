package finding

var conversationRows = []Row{}
