"""Pages of the drawing room."""
