"""Group buying as the API shows it."""
