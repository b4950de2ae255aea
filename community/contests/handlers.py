"""What contests do when something happened around them."""

from backend.messaging.actions import notify
from community.contests.actions import take_prize_back
from community.contests.events import EntryPlaced
from community.forum.events import VisibilityChanged
from community.forum.models import Visibility

GONE = (Visibility.REMOVED, Visibility.AUTHOR_DELETED)


def tell_of_place(event: EntryPlaced) -> None:
    """Tell a person of the place and its prize."""
    notify(
        user_id=event.author_id,
        kind="contest_placed",
        params={"rank": event.rank, "points": event.points},
        url=f"/contests/{event.contest_id}",
        dedupe_key=f"contest_placed:{event.entry_id}",
        now=event.at,
    )


def take_prize_of_removed_post(event: VisibilityChanged) -> None:
    """Whoever's post is removed after the contest keeps no prize."""
    if event.comment_id is None and event.to_visibility in GONE:
        take_prize_back(post_id=event.post_id, now=event.at)
