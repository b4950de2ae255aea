"""After-sales as the API shows them."""
