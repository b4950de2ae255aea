"""Every write of search: the index, what people looked for, what the staff say means the same."""
