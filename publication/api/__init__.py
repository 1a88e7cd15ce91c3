"""The read-only JSON API for other platforms: pages by key, changes since a cursor, one OpenAPI document."""
