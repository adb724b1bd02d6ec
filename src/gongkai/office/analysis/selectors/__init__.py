"""Questions to what was uploaded."""
