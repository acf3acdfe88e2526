"""What proves the work, what it adds up to, and the named numbers that are read from it."""
