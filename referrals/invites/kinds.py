"""The rule kind and the cause of points that this app fills."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext

from backend.core.languages import django_language
from backend.promotions.errors import Problem
from backend.promotions.models import CampaignState, CouponTemplate
from backend.promotions.ports import CampaignFacts, RuleVersion
from membership.ports import WhyStep
from referrals.invites import rules
from referrals.invites.models import Side


class InviteRewardKind:
    """Points for both sides when an invited person's first order is kept."""

    key = "invite_reward"
    label: str | Promise = gettext_lazy("Invite reward")

    def validate(self, params: Mapping[str, Any]) -> list[Problem]:
        return rules.reward_problems(params) or _missing_coupons(params)

    def forbidden(self, params: Mapping[str, Any]) -> list[Problem]:
        return rules.compliance_problems(params)

    def describe(self, params: Mapping[str, Any], locale: str) -> str:
        with override(django_language(locale)):
            gives = {"inviter": _given(params, "inviter"), "invitee": _given(params, "invitee")}
            said = _("%(inviter)s for the inviter, %(invitee)s for the friend, for the first kept order") % gives
            second = params.get("secondLevelPoints")
            if not second:
                return said
            return _("%(said)s; %(points)s points for whoever invited the inviter") % {"said": said, "points": second}

    def preview(self, params: Mapping[str, Any], campaign: CampaignFacts, now: datetime) -> dict[str, Any]:
        return {
            "kind": self.key,
            "inviterPoints": params.get("inviterPoints", 0),
            "inviteePoints": params.get("inviteePoints", 0),
            "secondLevelPoints": params.get("secondLevelPoints") or 0,
            "inviterCoupon": bool(params.get("inviterCoupon")),
            "inviteeCoupon": bool(params.get("inviteeCoupon")),
            "endsAt": campaign.ends_at.isoformat(),
        }

    def started(self, rule: RuleVersion, now: datetime) -> None:
        """Nothing is prepared: the rule is read when an order is confirmed."""

    def stopped(self, rule: RuleVersion, now: datetime) -> None:
        """What was promised stays promised."""


INVITE_REWARD = InviteRewardKind()


def _given(params: Mapping[str, Any], side: str) -> str:
    """What one side gets, in words."""
    if params.get(f"{side}Coupon"):
        return _("a coupon")
    return pgettext("reward", "%(points)s points") % {"points": params.get(f"{side}Points", 0)}


def _missing_coupons(params: Mapping[str, Any]) -> list[Problem]:
    """Insist on coupons that can be given now."""
    chosen = {name: params[name] for name in ("inviterCoupon", "inviteeCoupon") if params.get(name)}
    running = CouponTemplate.objects.filter(pk__in=chosen.values(), state=CampaignState.RUNNING)
    known = {str(each) for each in running.values_list("pk", flat=True)}
    return [
        Problem("error", gettext_lazy("Choose a coupon that is given out now."), name)
        for name, template_id in chosen.items()
        if str(template_id) not in known
    ]


class InvitePoints:
    """Points for an invitation that led to a first order."""

    key = "invite_reward"

    def title(self, facts: Mapping[str, Any]) -> str | Promise:
        if facts["side"] == Side.INVITER:
            return gettext_lazy("A friend you invited bought for the first time")
        return gettext_lazy("Welcome gift for your first order")

    def explain(self, facts: Mapping[str, Any], points: int) -> list[WhyStep]:
        return [
            WhyStep(
                _("The link was opened"), _("Link %(code)s") % {"code": facts["code"]}, _moment(facts["clicked_at"])
            ),
            WhyStep(
                _("First order"),
                _("The friend's first order was confirmed; it came within %(days)s days.")
                % {"days": facts["window_days"]},
                _moment(facts["confirmed_at"]),
            ),
            WhyStep(
                _("The rule"),
                _("Campaign rule version %(version)s: %(inviter)s points for the inviter, %(invitee)s for the friend")
                % {
                    "version": facts["rule_version"],
                    "inviter": facts["inviter_points"],
                    "invitee": facts["invitee_points"],
                },
            ),
        ]

    def recompute(self, facts: Mapping[str, Any]) -> int:
        return rules.points_from(facts)


class SecondLevelPoints(InvitePoints):
    """Points for whoever invited the inviter, as it stood when the friend signed up."""

    key = "invite_second_level"

    def title(self, facts: Mapping[str, Any]) -> str | Promise:
        return gettext_lazy("A friend of your friend bought for the first time")

    def explain(self, facts: Mapping[str, Any], points: int) -> list[WhyStep]:
        return [
            *super().explain(facts, points),
            WhyStep(
                _("The second level"),
                _("You invited whoever invited them; this was settled when they signed up. %(points)s points")
                % {"points": points},
                _moment(facts["bound_at"]),
            ),
        ]


class SharePoints:
    """Points for a link through which somebody new came."""

    key = "share"

    def title(self, facts: Mapping[str, Any]) -> str | Promise:
        return gettext_lazy("Somebody new came through your link")

    def explain(self, facts: Mapping[str, Any], points: int) -> list[WhyStep]:
        return [
            WhyStep(_("The link was opened"), _("Link %(code)s") % {"code": facts["code"]}, _moment(facts["at"])),
            WhyStep(
                _("The rule"),
                _("%(points)s points for each new visitor, at most %(most)s a day; this was number %(number)s")
                % {"points": facts["points"], "most": facts["most"], "number": facts["counted_today"] + 1},
            ),
        ]

    def recompute(self, facts: Mapping[str, Any]) -> int:
        return rules.share_points(counted_today=facts["counted_today"], points=facts["points"], most=facts["most"])


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
