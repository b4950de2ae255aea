"""The addresses of payments that are not GraphQL."""

from django.urls import path

from backend.payments.views import go, told, upload_statement

urlpatterns = [
    path("payments/go/<uuid:payment_id>", go, name="pay"),
    path("payments/told/<uuid:payment_id>", told, name="payer-told"),
    path("payments/statements", upload_statement, name="payment-statements"),
]
