"""What is done with uploads: taken in, read, compared, read again, removed. One file a verb or a step."""
