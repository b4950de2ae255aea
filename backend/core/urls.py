"""The addresses of the cellar's own doors."""

from django.urls import path

from backend.core.pictures.views import rendition, upload

urlpatterns = [
    path("upload", upload, name="upload"),
    path("media/<path:name>", rendition, name="rendition"),
]
