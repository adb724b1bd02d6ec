"""Tags for the templates of signing in."""
