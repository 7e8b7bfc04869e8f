"""Pages of the past: any page that is read, as it was when both clocks of its address stood at another moment."""
