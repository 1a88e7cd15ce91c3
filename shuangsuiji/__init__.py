"""The frame around the five apps."""
