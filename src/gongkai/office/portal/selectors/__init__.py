"""Questions to the database, and words for the public."""
