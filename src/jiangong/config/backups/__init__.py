"""Keeping the house in one file, and putting it back: what `jiangong backup` and `jiangong restore` do."""
