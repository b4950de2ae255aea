"""What shoppers see of search on the home page."""
