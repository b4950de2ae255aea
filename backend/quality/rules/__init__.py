"""Pure decisions and sums of quality: no database, no clock."""
