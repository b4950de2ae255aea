"""The door of membership: tiers, points and their reasons."""
