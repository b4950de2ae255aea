"""What shoppers see of the stock room: how many of a kind are left."""
