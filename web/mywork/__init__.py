"""My work: what must I do today, and in what order?"""
