"""Questions to the log."""
