"""The addresses of checkout that are not GraphQL."""

from django.urls import path

from backend.checkout.views import invoice, webhook

urlpatterns = [
    path("invoices/<uuid:invoice_id>.pdf", invoice, name="invoice"),
    path("payments/webhook/<slug:provider>", webhook, name="payment-webhook"),
]
