"""Addresses of channel links."""

from django.urls import path

from referrals.channels import views

urlpatterns = [
    path("k/<str:code>", views.follow_channel, name="follow-channel"),
    path("channels/<str:code>.svg", views.channel_code, name="channel-code"),
    path("channels/<str:code>.png", views.channel_poster, name="channel-poster"),
    path("channels/report.csv", views.channel_table, name="channel-table"),
]
