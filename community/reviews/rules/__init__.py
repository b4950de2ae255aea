"""Pure decisions about reviews: who may write when, what speaks against one, what its words say, what it earns."""
