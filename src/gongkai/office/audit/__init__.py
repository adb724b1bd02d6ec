"""The act log for those who watch over it: search, the page of an act, verification, export."""
