"""Two small middlewares: whose forwarded headers are believed, and what browsers may not do."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]


def trust_proxies(get_response: GetResponse) -> GetResponse:
    """Believe X-Forwarded-For and -Proto from ``TRUSTED_PROXIES`` and from nobody else.

    ``REMOTE_ADDR`` becomes the nearest address in X-Forwarded-For that is no proxy of ours:
    what stands left of it was written by a stranger.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        meta = request.META
        if _is_trusted(meta.get("REMOTE_ADDR", "")):
            forwarded = [part.strip() for part in meta.get("HTTP_X_FORWARDED_FOR", "").split(",")]
            for address in reversed(forwarded):
                if not _is_address(address):
                    break
                meta["REMOTE_ADDR"] = address
                if not _is_trusted(address):
                    break
        else:
            meta.pop("HTTP_X_FORWARDED_PROTO", None)
        return get_response(request)

    return middleware


def read_as_utf8(get_response: GetResponse) -> GetResponse:
    """Forms of ours are UTF-8, whatever a request says: "rot13" names a codec, but no encoding."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "charset" in (request.content_params or {}):
            request.encoding = "utf-8"
        return get_response(request)

    return middleware


def permissions_policy(get_response: GetResponse) -> GetResponse:
    """Tell browsers that no page of ours uses the camera, the microphone or the place."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault(
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
        )
        return response

    return middleware


def _is_trusted(address: str) -> bool:
    # An empty address is a UNIX socket: only a proxy on this machine can be at its other end.
    if not address:
        return True
    if not _is_address(address):
        return False
    parsed = ip_address(address)
    return any(parsed in network for network in _networks(tuple(settings.TRUSTED_PROXIES)))


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=8)
def _networks(proxies: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(proxy, strict=False) for proxy in proxies)
