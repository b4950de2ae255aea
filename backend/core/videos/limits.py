"""How large a sent video may be, and what the program that reads it may use."""

CODECS = frozenset({"h264", "hevc", "vp8", "vp9", "av1", "mpeg4"})
MOST_BYTES = 60 * 1024 * 1024
MOST_SECONDS = 60
LEAST_SECONDS = 1
LONGEST_SIDE = 4096
SHORTEST_SIDE = 120
MOST_PIXELS = 4096 * 2304
# What is shown: the longer side, and how often a second.
SHOWN_SIDE = 1280
SHOWN_PER_SECOND = 30
# Bytes of memory and seconds of one core.
CHECK_LIMITS = (1024 * 1024 * 1024, 10)
MAKE_LIMITS = (2 * 1024 * 1024 * 1024, 300)
REFUSED = 3
