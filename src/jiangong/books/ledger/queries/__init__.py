"""Reading the books: totals and series from balances, trails from entries, records, and the proof."""
