"""Which creators may claim the credit for an order."""

from backend.orders.models import Order, OrderLine
from referrals.influencers.selectors.members import promoter_by_code
from referrals.influencers.selectors.work import last_code_use, last_creator_touch, live_contents
from referrals.invites.models import PayeeKind
from referrals.invites.ports import Candidate

NOTHING_LIVE = "nothing_live"


class CreatorCandidates:
    """A creator whose code the buyer named, and the one through whose link the buyer came last."""

    def candidates(self, order: Order) -> list[Candidate]:
        """Everybody who may claim the credit for an order as a creator."""
        products = list(OrderLine.objects.filter(order=order).values_list("product_id", flat=True))
        found = []
        use = last_code_use(order)
        named = use.promoter if use else promoter_by_code(order.via) if order.via else None
        if named is not None and named.pk != order.buyer_id:
            found.append(
                Candidate(
                    kind=PayeeKind.CREATOR,
                    payee_id=named.pk,
                    touched_at=use.at if use else order.placed_at,
                    source=f"code:{named.code}",
                    priority_key="creator_code",
                    code=named.code,
                    refusal="" if live_contents(named.pk, products) else NOTHING_LIVE,
                )
            )
        touch = last_creator_touch(order)
        if touch is not None:
            found.append(
                Candidate(
                    kind=PayeeKind.CREATOR,
                    payee_id=touch.link.owner_id,
                    touched_at=touch.at,
                    source=f"touch:{touch.pk}",
                    priority_key="creator_link",
                    touch_id=touch.pk,
                    facts={"link": touch.link.code},
                    refusal="" if live_contents(touch.link.owner_id, products) else NOTHING_LIVE,
                )
            )
        return found
