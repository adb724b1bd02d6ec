"""What the log's app does for others."""
