"""The addresses of the merchandising desk's own doors."""

from django.urls import path

from backend.catalogue.views import export, problems, send_file

urlpatterns = [
    path("catalogue/files", send_file, name="catalogue-files"),
    path("catalogue/export.csv", export, name="catalogue-export"),
    path("catalogue/imports/<uuid:import_id>/problems.csv", problems, name="catalogue-problems"),
]
