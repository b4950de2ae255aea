"""Signing in to a running shop without its pages."""

from __future__ import annotations

from typing import Any

import httpx


def session_cookies(site: str, email: str, password: str) -> list[Any]:
    """Sign in by password; gives the cookies in the form that a browser context takes."""
    with httpx.Client(base_url=site) as client:
        client.get("/")
        answer = client.post(
            "/_allauth/browser/v1/auth/login",
            json={"email": email, "password": password},
            headers={"X-CSRFToken": client.cookies["csrftoken"], "Origin": site},
        )
        if answer.status_code != httpx.codes.OK:
            raise PermissionError(f"{email} cannot sign in at {site}: {answer.status_code} {answer.text}")
        return [{"name": name, "value": value, "url": site} for name, value in client.cookies.items()]
