"""Messages that come from outside over HTTP: how they are signed, heard, believed or refused, and kept.

Who sends them and what they change is not known here; providers and carriers stand above.
"""
