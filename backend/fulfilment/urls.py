"""The addresses of fulfilment that are not GraphQL."""

from django.urls import path

from backend.fulfilment.views import slip, webhook

urlpatterns = [
    path("fulfilment/webhook/<slug:carrier>", webhook, name="carrier-webhook"),
    path("fulfilment/slip/<uuid:shipment_id>", slip, name="packing-slip"),
]
