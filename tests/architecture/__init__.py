"""What import-linter cannot see: keys, clocks, sizes, words. Each rule has a test that shows it can fail."""
