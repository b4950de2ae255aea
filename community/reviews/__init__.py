"""What buyers say of what they bought: stars, words, pictures, questions and answers.

Only someone whose order arrived can review it. It is not the forum, where anybody may
talk, and it never changes a product: the average is told to the catalogue by an event.
"""
