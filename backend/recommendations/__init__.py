"""What else a person may like: products and groups suggested from what was seen and bought,
with the reason shown.

It owns no product and hides none: lists made here can be thrown away and made anew,
and the shop works without them.
"""
