"""Products as a table with the column names that Shopify uses: reading, judging and writing rows. Pure; no database."""
