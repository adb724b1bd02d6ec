"""What the library asks the office."""
