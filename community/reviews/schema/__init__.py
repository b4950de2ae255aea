"""The door of reviews: what buyers say, questions and answers, and the desk that keeps both."""
