"""Surveys: short questions about what has just happened, asked seldom, and figures without what does not count.

It holds the questions with their versions, who was asked, what was answered, and why an answer is left out.
It is not a review of goods, and it gives no points: whoever rewards an answer hears of it.
"""
