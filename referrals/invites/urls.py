"""Addresses of share links."""

from django.urls import path

from referrals.invites import views

urlpatterns = [
    path("api/visitor", views.carry_visitor, name="carry-visitor"),
    path("s/<str:code>", views.follow_link, name="follow-link"),
    path("poster/<str:code>.png", views.poster, name="poster"),
    path("qr/<str:code>.svg", views.qr_code, name="qr-code"),
]
