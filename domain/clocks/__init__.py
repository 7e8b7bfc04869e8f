"""Clocks: how days are counted, how long each period is and by which rule, and what is due when."""
