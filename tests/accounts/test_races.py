"""Many sign-ups at the same moment."""

from backend.accounts.actions import enter_with_contact
from backend.accounts.models import Profile, User
from tests.factories.accounts import LONG_AGO
from tests.support.races import all_at_once


def test_twenty_sign_ups_with_one_phone_make_one_account(fresh_database: str) -> None:
    def enter(number: int) -> User:
        return enter_with_contact(email=None, phone="+8613800138000", locale="en", now=LONG_AGO)

    outcome = all_at_once(20, enter)

    assert outcome.raised == []
    assert len({user.pk for user in outcome.answers}) == 1
    assert User.objects.count() == Profile.objects.count() == 1
