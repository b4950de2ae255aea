"""Short videos that people send: checked before they are believed, made anew by a worker, shown with a poster.

Nothing is imported here, so that the program apart loads nothing of the shop.
"""
