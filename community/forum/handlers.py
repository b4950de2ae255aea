"""What the forum does when something happened in it."""

from backend.messaging.actions import notify
from community.forum.events import CommentAdded, PostLiked, PostPublished
from membership.actions import note_deed


def tell_author_of_comment(event: CommentAdded) -> None:
    """Tell the author of a post, and whoever was answered, that somebody wrote."""
    concerned = {event.post_author_id} | ({event.replied_to_id} if event.replied_to_id else set())
    for user_id in concerned - {event.author_id}:
        notify(
            user_id=user_id,
            kind="post_commented",
            params={},
            url=f"/post/{event.post_id}",
            dedupe_key=f"comment:{event.comment_id}",
            group_key=f"post_commented:{event.post_id}",
            actor_id=event.author_id,
            now=event.at,
        )


def note_post(event: PostPublished) -> None:
    """A post that others can read counts for who wrote it."""
    note_deed(user_id=event.author_id, fact="POST", source_id=event.post_id, now=event.at)


def tell_author_of_like(event: PostLiked) -> None:
    """Tell the author of a post that somebody likes it, once for each person."""
    if event.liker_id == event.author_id:
        return
    notify(
        user_id=event.author_id,
        kind="post_liked",
        params={},
        url=f"/post/{event.post_id}",
        dedupe_key=f"like:{event.post_id}:{event.liker_id}",
        group_key=f"post_liked:{event.post_id}",
        actor_id=event.liker_id,
        now=event.at,
    )
