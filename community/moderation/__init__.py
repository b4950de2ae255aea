"""Keeping the talk fair: reports, cases, who has claimed one, decisions with a statement of
reasons, and undoing them.

It owns no post: it sees other apps through a port, hides and shows through them, and keeps
what was seen at the time. It is not customer support.
"""
