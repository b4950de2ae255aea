"""Trade-ins in the API."""
