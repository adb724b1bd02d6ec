"""What people see when something goes wrong: the number to quote, what to do, and all that they typed."""
