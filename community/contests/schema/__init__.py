"""The door of contests."""
