"""The addresses of the stock room's doors."""

from django.urls import path

from backend.inventory.views import refused_rows, send_sheet

urlpatterns = [
    path("stock/imports", send_sheet, name="stock-imports"),
    path("stock/imports/<uuid:import_id>/refused.csv", refused_rows, name="stock-refused-rows"),
]
