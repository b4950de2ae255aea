"""What the API offers to report, to moderate, and to be told why."""
