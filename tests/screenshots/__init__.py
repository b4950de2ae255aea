"""The pictures of the README, taken from a running demo: `make screenshots`."""
