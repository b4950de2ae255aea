"""The shop: from the cellar (`core`, which imports no app) to the roof (`config`, which nobody imports).

As modules there is no ring, because only `backend.config` looks up and nobody looks at it.
"""
