"""Forms of cases; one file for each page or kind of page."""
