"""Pages of a check."""
