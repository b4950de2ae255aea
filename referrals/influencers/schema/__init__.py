"""The door of the creator programme: the creator's own pages and the desk of the growth team."""
