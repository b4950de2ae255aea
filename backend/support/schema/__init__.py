"""The part of the API that answers questions."""
