"""The addresses of checkout that are not GraphQL."""

from django.urls import path

from backend.checkout.views import webhook

urlpatterns = [path("payments/webhook/<slug:provider>", webhook, name="payment-webhook")]
