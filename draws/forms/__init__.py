"""Forms of the drawing room."""
