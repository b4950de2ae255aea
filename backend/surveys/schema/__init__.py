"""The part of the API that asks how it went."""
