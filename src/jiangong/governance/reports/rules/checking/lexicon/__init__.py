"""General words of the field: no name of any one federation. Those come from its own database."""
