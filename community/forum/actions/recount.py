"""Counts, computed anew from the rows they count while their parent is locked; never raised by one."""

from community.forum import rules, selectors
from community.forum.models import Comment, CommentLike, Post, PostLike, Topic, Visibility


def recount_post(post: Post) -> None:
    """Bring likes, comments and the place in the feed of a locked post up to date."""
    post.likes_count = PostLike.objects.filter(post=post).count()
    post.comments_count = Comment.objects.filter(post=post, visibility__in=rules.SEEN_BY_ALL).count()
    post.hot = rules.hot_score(
        likes=post.likes_count, commenters=selectors.commenters_count(post.id), created_at=post.created_at
    )
    post.save(update_fields=["likes_count", "comments_count", "hot"])


def recount_comment(comment: Comment) -> None:
    """Bring the likes of a locked comment up to date."""
    comment.likes_count = CommentLike.objects.filter(comment=comment).count()
    comment.save(update_fields=["likes_count"])


def recount_topic(topic: Topic) -> None:
    """Bring the number of posts of a locked topic up to date."""
    topic.posts_count = Post.objects.filter(topic=topic, visibility=Visibility.PUBLIC).count()
    topic.save(update_fields=["posts_count"])
