"""Sockets close when a person is signed out everywhere or loses a role."""

import pytest

from backend.accounts import handlers
from backend.accounts.events import RoleWithdrawn, SessionsEnded
from backend.core.ids import new_id
from backend.core.outbox.registry import subscriptions_for
from tests.factories.catalogue import NOON


@pytest.fixture
def kicked(monkeypatch):
    told = []
    monkeypatch.setattr(handlers, "kick", told.append)
    return told


def test_an_ended_sign_in_closes_the_sockets(kicked):
    event = SessionsEnded(user_id=new_id(), at=NOON)

    for subscription in subscriptions_for("SessionsEnded"):
        if subscription.name.startswith("backend.accounts"):
            subscription.resolve()(event)

    assert kicked == [event.user_id]


def test_a_withdrawn_role_closes_the_sockets(kicked):
    event = RoleWithdrawn(user_id=new_id(), role="moderator", at=NOON)

    for subscription in subscriptions_for("RoleWithdrawn"):
        if subscription.name.startswith("backend.accounts"):
            subscription.resolve()(event)

    assert kicked == [event.user_id]
