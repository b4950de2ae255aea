"""Pure decisions about answers, and the sums of the figures."""
