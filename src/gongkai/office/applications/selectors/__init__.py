"""Questions to the database, and to the law about a case."""
