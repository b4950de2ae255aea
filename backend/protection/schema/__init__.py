"""Protection plans in the API."""
