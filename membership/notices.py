"""What members are told."""

from django.utils.translation import gettext_lazy as _

from backend.messaging.kinds import register_kind


def register_notices() -> None:
    """Make the sentences known."""
    register_kind(
        "points_promised",
        title=_("%(points)s points are on the way"),
        body=_("They become usable when the return window ends. See why."),
    )
    register_kind(
        "points_vested",
        title=_("%(points)s points are yours"),
        body=_("You can use them now. See where they came from."),
    )
    register_kind("tier_reached", title=_("You reached %(tier)s"), body=_("See what this level gives you."))
    register_kind(
        "tier_fell",
        title=_("Your level is %(tier)s now"),
        body=_("The term was over. Your level page says what counted, and how to climb again."),
    )
    register_kind(
        "points_expiring",
        title=_("%(points)s points lapse soon"),
        body=_("You can use them until %(day)s. The points mall has something for them."),
    )
    register_kind(
        "birthday_gift",
        title=_("Happy birthday! %(points)s points for you"),
        body=_("The gift of your level for this year. You can use it now."),
    )
    register_kind(
        "task_done", title=_("Done: %(points)s points for you"), body=_("A task is finished. See what comes next.")
    )
    register_kind(
        "badge_earned", title=_("A new badge: %(badge)s"), body=_("You earned it by what you did. See all your badges.")
    )
