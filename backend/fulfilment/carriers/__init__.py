"""The carriers that the shop works with, one module each."""
