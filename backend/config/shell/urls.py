"""Addresses of the three faces. They come last: whatever no app answers is the shop's to explain."""

from __future__ import annotations

from django.urls import path, re_path

from backend.config.shell import views

SHOP_PAGES = (
    "c/<str:category>", "b/<str:brand>", "search", "groups", "flash", "cart", "wishlist", "coupons", "aftersales",
    "aftersales/new/<str:order>", "aftersales/<str:case>", "me/wallet", "checkout/<str:kind>", "pay/<str:order>",
    "pay/<str:order>/transfer", "pay/<str:order>/sheet",
    "protection", "surveys/<str:survey>",
    "help", "help/ask", "help/tickets", "help/tickets/<str:ticket>", "help/<str:article>",
    "orders", "orders/<str:order>", "p/<str:slug>/reviews", "p/<str:slug>/questions", "questions/<str:question>",
    "reviews/new/<str:order>/<str:line>", "reviews/<str:review>", "me/reviews",
    "circles", "t/<str:topic>", "contests/<str:contest>", "post/<str:post>", "messages",
    "room/<str:room>", "notifications", "me", "me/points", "me/membership", "me/invites", "me/mall",
    "me/tasks", "me/badges", "me/plans", "trade-in", "trade-in/<str:thing>", "me/settings", "me/security",
    "u/<str:person>", "signin", "draws/<str:group>/verify",
    "creator", "creator/<str:part>", "creator/statements/<str:statement>",
)  # fmt: skip

urlpatterns = [
    path("", views.home),
    path("p/<str:slug>", views.product),
    path("g/<str:group_id>", views.group),
    *[path(page, views.shop) for page in SHOP_PAGES],
    re_path(r"^moderation(?:/.*)?$", views.moderation),
    re_path(r"^growth(?:/.*)?$", views.growth),
    re_path(r"^(?!static/|media/)", views.missing),
]
