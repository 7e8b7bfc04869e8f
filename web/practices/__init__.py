"""One practice: its page, its entries, and a form for each thing that can be recorded."""
