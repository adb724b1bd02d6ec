"""What is done to the log: reading it, taking it out, verifying it. All of it is logged in turn."""
