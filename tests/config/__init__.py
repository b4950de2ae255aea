"""The roof: settings, server, health, and the engines under it."""
