"""Stand-ins for real providers: HTTP servers of their own that speak the wire format, with their own keys."""
