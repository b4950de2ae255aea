"""Pure decisions and sums of after-sales."""
