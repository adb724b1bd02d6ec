"""What is done to applications: one verb each."""
