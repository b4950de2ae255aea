"""Topics, posts with pictures, comments and likes, and the feeds made of them.

It does not judge: reports, cases and decisions are moderation, which hides and shows a
post through this app's own actions. What a buyer says of a product is a review.
"""
