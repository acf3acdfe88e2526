"""What is done: every confirmed record here says what it posts to the ledger."""
