"""Where a request came from."""

from django.conf import settings
from django.http import HttpRequest


def client_address(*, forwarded: str, peer: str) -> str:
    """The client's address; forwarded addresses count only behind a known number of proxies."""
    proxies = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    hops = [part.strip() for part in forwarded.split(",") if part.strip()]
    return hops[-proxies] if proxies and len(hops) >= proxies else peer


def address_of(request: HttpRequest) -> str:
    """The client's address of a request to a view."""
    return client_address(
        forwarded=request.headers.get("X-Forwarded-For", ""), peer=str(request.META.get("REMOTE_ADDR", ""))
    )
