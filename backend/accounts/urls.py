"""The addresses of people's things that are not GraphQL."""

from django.urls import path

from backend.accounts.views import regions

urlpatterns = [path("regions.json", regions, name="regions")]
