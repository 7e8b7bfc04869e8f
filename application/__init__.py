"""How a request becomes history: the record, its keys, and the one place where commands are decided and recorded."""
