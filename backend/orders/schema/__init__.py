"""Orders as the API shows them."""
