"""What is asked, a page each."""
