"""The part of the API in which quality is looked at."""
