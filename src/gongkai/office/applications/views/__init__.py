"""Pages of cases; one file for each page or for pages of one kind."""
