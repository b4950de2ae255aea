"""What can be asked of search, and what people and staff can tell it."""
