"""Pure decisions and sums of the creator programme."""
