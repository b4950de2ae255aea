"""Flash sales as shoppers and the growth team see them."""
