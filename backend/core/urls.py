"""The addresses of the cellar's own doors."""

from django.urls import path

from backend.core.pictures.views import rendition, upload
from backend.core.videos.views import upload_video

urlpatterns = [
    path("upload", upload, name="upload"),
    path("upload/video", upload_video, name="upload_video"),
    path("media/<path:name>", rendition, name="rendition"),
]
