"""Commands of the office as a whole."""
