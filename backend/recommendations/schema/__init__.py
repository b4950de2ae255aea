"""The part of the API that suggests."""
