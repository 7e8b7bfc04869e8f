"""The whole record, for those who look whether it is all and whether it is true."""
