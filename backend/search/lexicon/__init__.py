"""Word lists that come with the code: words of the trade, words that say nothing, words that mean the same."""
