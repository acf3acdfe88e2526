"""What was promised, how it is judged, how it is told. Reads the books, never the work."""
