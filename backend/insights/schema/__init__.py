"""Live numbers as the growth team asks for them."""
