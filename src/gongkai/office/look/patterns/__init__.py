"""The pattern book: every component in every state, with invented data; for developers only."""
