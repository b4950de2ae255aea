"""The part of the API that tells people things and lets them talk."""
