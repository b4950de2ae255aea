"""What the growth team asks about channels, and what it can do."""
