"""Small middlewares: whose headers are believed, what browsers may not do, what is handed back."""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url

from . import views

_HANDED_BACK = re.compile(r"/(?:desk|moderation|receipt)/")

GetResponse = Callable[[HttpRequest], HttpResponse]


def trust_proxies(get_response: GetResponse) -> GetResponse:
    """Believe X-Forwarded-For and -Proto from ``TRUSTED_PROXIES`` and from nobody else.

    ``REMOTE_ADDR`` becomes the nearest address in X-Forwarded-For that is no proxy of ours:
    what stands left of it was written by a stranger.
    """
    proxies = [_network(proxy) for proxy in settings.TRUSTED_PROXIES]

    def is_trusted(address: str) -> bool:
        # An empty address is a UNIX socket: only a proxy on this machine can be at its other end.
        if not address:
            return True
        parsed = _address(address)
        return parsed is not None and any(parsed in network for network in proxies)

    def middleware(request: HttpRequest) -> HttpResponse:
        meta = request.META
        if is_trusted(meta.get("REMOTE_ADDR", "")):
            forwarded = [part.strip() for part in meta.get("HTTP_X_FORWARDED_FOR", "").split(",")]
            for address in reversed(forwarded):
                if _address(address) is None:
                    break
                meta["REMOTE_ADDR"] = address
                if not is_trusted(address):
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


def keep_writing(get_response: GetResponse) -> GetResponse:
    """Hand back what a member of staff, or the author of a comment, wrote and we did not take in.

    That is when the log-in was over, the database away, or something of ours broke. A new comment
    is kept by its own view.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_here = _HANDED_BACK.match(request.path_info)
        if request.method != "POST" or not is_here or not request.POST:
            return response
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            page = views.handed_back(request, "broken", status=response.status_code)
        elif response.headers.get("Location", "").startswith(resolve_url(settings.LOGIN_URL)):
            page = views.handed_back(request, "logged_out", status=HTTPStatus.FORBIDDEN)
        else:
            return response
        if "Retry-After" in response:
            page["Retry-After"] = response["Retry-After"]
        return page

    return middleware


def explain_method(get_response: GetResponse) -> GetResponse:
    """Say in words what Django says with an empty page: this address is not asked that way."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or response.content:
            return response
        page = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
        page["Allow"] = response["Allow"]
        return page

    return middleware


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """A server that listens to both kinds writes an IPv4 address as an IPv6 one."""
    try:
        parsed = ip_address(text)
    except ValueError:
        return None
    return getattr(parsed, "ipv4_mapped", None) or parsed


def _network(proxy: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(proxy, strict=False)
    except ValueError:
        hint = "write addresses or networks, such as 10.0.0.0/8"
        raise ImproperlyConfigured(f"TRUSTED_PROXIES has {proxy!r}: {hint}.") from None
