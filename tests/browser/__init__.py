"""The main job in a real browser, against the real processes of the shop."""
