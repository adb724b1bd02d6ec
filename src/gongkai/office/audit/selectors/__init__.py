"""Questions of those who watch over the log."""
