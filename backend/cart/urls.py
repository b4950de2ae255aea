"""The address at which a browser gets its name."""

from django.urls import path

from backend.cart.views import name_browser

urlpatterns = [path("cart/browser", name_browser, name="name-browser")]
