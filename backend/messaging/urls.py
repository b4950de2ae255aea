"""Pages of messaging: only the inbox of the demo."""

from django.urls import path

from backend.messaging.views import inbox

urlpatterns = [path("dev/inbox", inbox, name="dev-inbox")]
