"""Reactions of surveys: a delivery is asked about, and who is asked hears of it."""

from backend.fulfilment.events import DeliveredSurveyDue
from backend.messaging.actions import notify
from backend.surveys.actions import offer_survey
from backend.surveys.events import SurveyOffered

DELIVERY = "delivery"


def ask_about_delivery(event: DeliveredSurveyDue) -> None:
    """Offer the short questions about a delivery."""
    offer_survey(key=DELIVERY, person_id=event.buyer_id, order_id=event.order_id, now=event.at)


def tell_of_survey(event: SurveyOffered) -> None:
    """Tell who is asked."""
    notify(
        user_id=event.person_id,
        kind="survey_offered",
        params={},
        url=f"/surveys/{event.invitation_id}",
        dedupe_key=f"survey_offered:{event.invitation_id}",
        now=event.at,
    )
