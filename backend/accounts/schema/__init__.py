"""The part of the API about people: the viewer, profiles, addresses, following."""
