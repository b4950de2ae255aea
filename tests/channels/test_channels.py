"""Making, changing and closing a channel, and what it cost."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from backend.core.errors import InvalidInput, KeyReused, NotFound
from backend.core.ids import new_id
from referrals.channels import actions, rules
from referrals.channels.errors import (
    ChannelChanged,
    ChannelClosed,
    ChannelCodeTaken,
    ChannelLeadsNowhere,
    CostBelowZero,
)
from referrals.channels.models import Channel, ChannelCost
from tests.factories.accounts import make_grower
from tests.factories.catalogue import NOON, make_category, make_product
from tests.factories.channels import draft_of, make_channel, spend

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def change(channel, *, version=None, **changes):
    return actions.change_channel(
        channel_id=channel.pk,
        version=channel.version if version is None else version,
        draft=draft_of(**changes),
        by=channel.made_by_id,
        now=NOON + A_DAY,
    )


def test_a_channel_gets_a_short_code_that_people_can_read():
    channel = make_channel(name="  小红书 种草 ", kind="SOCIAL")

    assert rules.CODE.fullmatch(channel.code)
    assert (channel.name, channel.version, len(channel.code)) == ("小红书 种草", 1, rules.CODE_LENGTH)


def test_a_chosen_code_is_kept_in_capitals_and_belongs_to_one_channel():
    first = make_channel(code="xhs01")

    with pytest.raises(ChannelCodeTaken):
        make_channel(code="XHS01")

    assert [each.code for each in Channel.objects.all()] == [first.code] == ["XHS01"]


@pytest.mark.parametrize("code", ["ab", "with space", "a/b", "../etc", "A" * 13, "渠道码"])
def test_a_code_that_is_no_plain_word_is_refused(code):
    with pytest.raises(InvalidInput) as refused:
        make_channel(code=code)

    assert (refused.value.field, Channel.objects.count()) == ("code", 0)


def test_a_channel_leads_to_a_page_of_the_shop():
    product, shelf = make_product(), make_category()
    wanted = [("PRODUCT", product.slug), ("CATEGORY", shelf.slug), ("GROUPS", ""), ("COUPONS", ""), ("HOME", "")]

    made = [make_channel(target=target, target_slug=slug) for target, slug in wanted]

    paths = [rules.path_to(each.target, each.target_slug) for each in made]
    assert paths == [f"/p/{product.slug}", f"/c/{shelf.slug}", "/groups", "/coupons", "/"]


@pytest.mark.parametrize(
    ("target", "slug"),
    [
        ("PRODUCT", "https://evil.example"),
        ("PRODUCT", "/evil.example"),
        ("CATEGORY", "nobody-has-this"),
        ("HOME", "//evil.example"),
        ("URL", "https://evil.example"),
    ],
)
def test_a_channel_never_leads_anywhere_else(target, slug):
    with pytest.raises(ChannelLeadsNowhere):
        make_channel(target=target, target_slug=slug)

    assert not Channel.objects.exists()


def test_the_database_keeps_a_foreign_page_out():
    channel = make_channel()

    with pytest.raises(DatabaseError), transaction.atomic():
        Channel.objects.filter(pk=channel.pk).update(target="PRODUCT", target_slug="/evil.example")

    channel.refresh_from_db()
    assert channel.target_slug == ""


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "长" * 61}, "name"),
        ({"kind": "PIGEON"}, "kind"),
        ({"headline": "长" * 41}, "headline"),
        ({"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 1)}, "ends_on"),
    ],
)
def test_what_is_no_channel_is_refused_by_its_field(changes, field):
    with pytest.raises(InvalidInput) as refused:
        make_channel(**changes)

    assert (refused.value.field, Channel.objects.count()) == (field, 0)


def test_a_change_keeps_the_code_and_says_who_made_it():
    channel, other = make_channel(), make_grower("Greta")

    changed = actions.change_channel(
        channel_id=channel.pk, version=1, draft=draft_of(name="抖音", kind="ADVERTISING"), by=other.id, now=NOON + A_DAY
    )

    assert (changed.code, changed.name, changed.version) == (channel.code, "抖音", 2)
    assert (changed.made_by_id, changed.changed_by_id) == (channel.made_by_id, other.id)


def test_a_change_of_an_old_version_is_refused():
    channel = make_channel()
    change(channel, name="抖音")

    with pytest.raises(ChannelChanged) as refused:
        change(channel, version=1, name="百度")

    channel.refresh_from_db()
    assert (refused.value.current_version, channel.name, channel.version) == (2, "抖音", 2)


def test_a_channel_that_nobody_knows_cannot_be_changed():
    with pytest.raises(NotFound):
        actions.change_channel(channel_id=uuid4(), version=1, draft=draft_of(), by=make_grower().id, now=NOON)


def test_a_closed_channel_stays_as_it_was():
    channel = make_channel()
    closed = actions.close_channel(channel_id=channel.pk, version=1, by=channel.made_by_id, now=NOON)

    with pytest.raises(ChannelClosed):
        change(closed, name="再来")
    again = actions.close_channel(channel_id=channel.pk, version=1, by=channel.made_by_id, now=NOON + A_DAY)

    assert (again.closed_at, again.version, again.name) == (NOON, 2, channel.name)


def test_closing_an_old_version_is_refused():
    channel = make_channel()
    change(channel, name="抖音")

    with pytest.raises(ChannelChanged):
        actions.close_channel(channel_id=channel.pk, version=1, by=channel.made_by_id, now=NOON)

    channel.refresh_from_db()
    assert channel.closed_at is None


def test_a_cost_is_corrected_by_an_opposite_entry():
    channel = make_channel()

    spend(channel, 50_000)
    spend(channel, -20_000)

    assert list(ChannelCost.objects.order_by("at", "pk").values_list("amount_minor", flat=True)) == [50_000, -20_000]


def test_a_correction_cannot_take_back_more_than_the_day_has():
    channel = make_channel()
    spend(channel, 50_000)
    spend(channel, 90_000, at=NOON + A_DAY)

    with pytest.raises(CostBelowZero) as refused:
        spend(channel, -50_001)

    assert refused.value.left.minor == 50_000
    assert ChannelCost.objects.count() == 2


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ({"amount_minor": 0}, "amount"),
        ({"amount_minor": rules.MOST_COST_MINOR + 1}, "amount"),
        ({"day": date(2036, 1, 1)}, "day"),
        ({"day": date(2001, 1, 1)}, "day"),
        ({"note": "  "}, "note"),
        ({"note": "长" * 121}, "note"),
    ],
)
def test_an_entry_that_says_nothing_is_refused(entry, field):
    channel = make_channel()
    facts = {"day": NOON.date(), "amount_minor": 100, "note": "充值"} | entry

    with pytest.raises(InvalidInput) as refused:
        actions.record_cost(channel_id=channel.pk, by=channel.made_by_id, idempotency_key=new_id(), now=NOON, **facts)

    assert (refused.value.field, ChannelCost.objects.count()) == (field, 0)


def test_a_cost_that_is_sent_twice_is_recorded_once():
    channel, key = make_channel(), new_id()

    first, second = (spend(channel, 100, key=key) for _ in range(2))

    assert first.pk == second.pk
    with pytest.raises(KeyReused):
        spend(channel, 200, key=key)
    assert ChannelCost.objects.count() == 1


def test_the_database_keeps_a_recorded_cost():
    cost = spend(make_channel(), 100)

    with pytest.raises(DatabaseError), transaction.atomic():
        ChannelCost.objects.filter(pk=cost.pk).update(amount_minor=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        ChannelCost.objects.filter(pk=cost.pk).delete()

    cost.refresh_from_db()
    assert cost.amount_minor == 100
