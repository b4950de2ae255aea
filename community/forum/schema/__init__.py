"""The door of the forum: topics, posts, comments, likes."""
