"""What a figure is, how it is computed, and the checks that it must pass."""
