# ruff: noqa: S608 - only statements written here are put together.
"""The auditor's part: every stored explanation is worked out again and compared with what was booked."""

from collections.abc import Iterator

from django.db import connection
from django.db.models import F, Sum

from backend.checkout.models import OrderAdjustment
from backend.core.money import Money, floor_bps
from backend.ledger.selectors import balance
from membership import rules
from membership.models import (
    LotState,
    PointAllocation,
    PointDebt,
    PointLot,
    SpendingRule,
    TaskReward,
    TierMove,
    TierStep,
)
from membership.models.tiers import MoveReason
from membership.ports import point_cause

# What is left of a lot is what it earned, less everything that ever happened to it. What is owed for a lot was
# taken back from what had been spent of it, so it never was in the lot.
_LIVES = """
SELECT lot.id, lot.remaining,
    lot.earned - lot.reversed - lot.repaid - lot.lapsed
    + coalesce((SELECT sum(debt.amount) FROM membership_pointdebt debt WHERE debt.lot_id = lot.id), 0)
    - coalesce((SELECT sum(part.amount - part.restored + part.elsewhere)
        FROM membership_pointallocation part WHERE part.lot_id = lot.id), 0) AS computed
FROM membership_pointlot lot
"""
# What a person may use by the lots, beside what the book says.
_BALANCES = """
SELECT coalesce(lots.user_id, account.owner_id), coalesce(lots.total, 0), coalesce(account.balance, 0)
FROM (SELECT user_id, sum(remaining) AS total FROM membership_pointlot WHERE state = %(state)s GROUP BY user_id) lots
FULL JOIN (SELECT owner_id, balance FROM ledger_account WHERE kind = %(kind)s) account
    ON account.owner_id = lots.user_id
WHERE coalesce(lots.total, 0) <> coalesce(account.balance, 0)
"""


def lots_that_disagree() -> list[str]:
    """Every explanation of points and levels that does not lead to what is stored, one sentence each."""
    checks = (_lots, _lives, _last_days, _balances, _spends, _spend_transfers, _debts, _moves, _rewards)
    return [sentence for check in checks for sentence in check()]


def _lots() -> Iterator[str]:
    """Lots whose points do not follow from their stored facts."""
    for lot in PointLot.objects.order_by("pk").iterator():
        if (computed := point_cause(lot.cause).recompute(lot.facts)) != lot.earned:
            yield f"lot {lot.id}: {lot.earned} points, its facts give {computed}"


def _lives() -> Iterator[str]:
    """Lots of which something is missing or too much after all that happened to them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({_LIVES}) life WHERE remaining <> computed")
        for lot_id, remaining, computed in cursor.fetchall():
            yield f"lot {lot_id}: {remaining} points left, what happened to it leaves {computed}"


def _last_days() -> Iterator[str]:
    """Lots that lapse on another day than their rule says."""
    for lot in PointLot.objects.exclude(life={}).order_by("pk").iterator():
        if (computed := rules.end_of_life(lot.life)) != lot.expires_at:
            yield f"lot {lot.id}: lapses at {lot.expires_at}, its rule gives {computed}"


def _balances() -> Iterator[str]:
    """People whose lots and ledger differ."""
    with connection.cursor() as cursor:
        for state, kind in ((LotState.PENDING, "points_pending"), (LotState.ACTIVE, "points_active")):
            cursor.execute(_BALANCES, {"state": state, "kind": kind})
            for user_id, lots, booked in cursor.fetchall():
                yield f"{kind} of {user_id}: lots {lots}, ledger {booked}"


def _spends() -> Iterator[str]:
    """Spends whose parts from lots do not add up to them."""
    parts = PointAllocation.objects.values("spend_id", "spend__amount", "spend__returned").annotate(
        taken=Sum("amount"), back=Sum("restored")
    )
    for row in parts:
        if (row["taken"], row["back"]) != (row["spend__amount"], row["spend__returned"]):
            yield (
                f"spend {row['spend_id']}: {row['spend__amount']} less {row['spend__returned']},"
                f" its parts {row['taken']} less {row['back']}"
            )


def _spend_transfers() -> Iterator[str]:
    """Spends that the book knows otherwise."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT spend.id, spend.amount, coalesce(sum(posting.amount), 0) FROM membership_pointspend spend"
            " LEFT JOIN ledger_transfer transfer ON transfer.kind = 'spend_points'"
            "  AND transfer.source_type = 'point_spend' AND transfer.source_id = spend.id::text"
            " LEFT JOIN ledger_posting posting ON posting.transfer_id = transfer.id AND posting.amount > 0"
            " GROUP BY spend.id HAVING spend.amount <> coalesce(sum(posting.amount), 0)"
        )
        for spend_id, amount, booked in cursor.fetchall():
            yield f"spend {spend_id}: {amount} points, the book moved {booked}"


def _debts() -> Iterator[str]:
    """People whose open debts and ledger differ."""
    owed = PointDebt.objects.values("user_id").annotate(total=Sum(F("amount") - F("repaid") - F("forgiven")))
    for row in owed:
        if (booked := -balance(kind="points_debt", owner_id=row["user_id"])) != row["total"]:
            yield f"points_debt of {row['user_id']}: {row['total']}, ledger {booked}"


def _moves() -> Iterator[str]:
    """Decisions about levels that their policy would not have made."""
    ladders: dict[int, list[TierStep]] = {}
    for step in TierStep.objects.select_related("tier").order_by("position"):
        ladders.setdefault(step.policy_id, []).append(step)
    for move in TierMove.objects.select_related("from_tier", "policy").order_by("pk").iterator():
        steps = ladders[move.policy_id]
        reached = rules.step_reached(kept_minor=move.kept_minor, orders=move.orders_count, steps=steps)
        place = reached.position
        if move.reason != MoveReason.REACHED:
            place = rules.landing(held=move.from_tier.position, reached=place, falling=move.policy.falling)
        computed = next(step.tier_id for step in steps if step.position == place)
        if computed != move.to_tier_id:
            yield f"tier move {move.pk}: to {move.to_tier_id}, its facts give {computed}"


def _rewards() -> Iterator[str]:
    """Tasks that were rewarded before they were done."""
    for reward in TaskReward.objects.select_related("rule").filter(count__lt=F("rule__goal")):
        yield f"task {reward.key} of {reward.user_id}: {reward.count} of {reward.rule.goal} deeds"


def prices_that_disagree() -> list[str]:
    """Every stored reason of a price that does not add up: its lines to its amount, its amount to its facts.

    What all reasons of an order took off its lines must be the discount of those lines.
    """
    return [sentence for check in (_adjustments, _discounts, _member_prices, _point_payments) for sentence in check()]


def _adjustments() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, kind, amount_minor, total FROM (SELECT adjustment.*, coalesce((SELECT sum(value::bigint)"
            " FROM jsonb_each_text(adjustment.per_line)), 0) AS total FROM checkout_orderadjustment adjustment) one"
            " WHERE amount_minor < total OR (amount_minor > total AND kind NOT IN"
            " ('shipping_coupon', 'member_shipping', 'mall_shipping', 'store_credit'))"
        )
        for adjustment_id, kind, amount, total in cursor.fetchall():
            yield f"adjustment {adjustment_id} ({kind}): {amount} fen, its lines add up to {total}"


def _discounts() -> Iterator[str]:
    """Orders whose lines were reduced by another amount than the reasons say; tenders lower no price."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT line.order_id, line.discount, reason.total FROM"
            " (SELECT order_id, sum(discount_minor) AS discount FROM orders_orderline GROUP BY order_id) line"
            " JOIN (SELECT adjustment.order_id, sum(part.value::bigint) AS total"
            "  FROM checkout_orderadjustment adjustment, jsonb_each_text(adjustment.per_line) part"
            "  WHERE adjustment.kind <> 'store_credit' GROUP BY adjustment.order_id) reason USING (order_id)"
            " WHERE line.discount <> reason.total"
        )
        for order_id, discount, total in cursor.fetchall():
            yield f"order {order_id}: its lines are {discount} fen cheaper, its reasons say {total}"


def _member_prices() -> Iterator[str]:
    for row in OrderAdjustment.objects.filter(kind="member_price").order_by("pk").iterator():
        for key, amount in row.per_line.items():
            computed = floor_bps(Money(row.facts["lines"][key]), row.facts["offBps"]).minor
            if computed != amount:
                yield f"adjustment {row.pk}: {amount} fen off line {key}, its facts give {computed}"


def _point_payments() -> Iterator[str]:
    """Orders for which points paid another amount than their rule makes of them."""
    rates = {f"spending:{rule.version}": rule.points_per_yuan for rule in SpendingRule.objects.all()}
    for row in OrderAdjustment.objects.filter(kind="points").order_by("pk").iterator():
        rate = rates.get(row.rule_version)
        if rate and -(-row.amount_minor * rate // rules.FEN_PER_YUAN) != row.facts["points"]:
            yield f"adjustment {row.pk}: {row.amount_minor} fen for {row.facts['points']} points"
