"""Pure decisions about words: how they are written, cut, heard, and what they ask for besides."""
