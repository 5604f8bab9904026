"""How often one address may do something, counted in the cache without keeping the address."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Network, ip_address

from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Throttle:
    """At most ``limit`` counted events in ``seconds`` from one address.

    The key is a digest of the address with a salt that changes every day, so that the cache
    never holds an address and a digest cannot be followed from day to day. The window is
    fixed: it begins with the first counted event. While the cache is away nobody is stopped:
    a limit that cannot be counted must cost no comment.
    """

    name: str
    limit: int
    seconds: int

    def is_exhausted(self, address: str) -> bool:
        return self._events(lambda key: cache.get(key, 0), address) >= self.limit

    def count(self, address: str) -> bool:
        """Count one event; whether it was still within the limit."""
        return self._events(self._increment, address) <= self.limit

    def _increment(self, key: str) -> int:
        if cache.add(key, 1, timeout=self.seconds):
            return 1
        try:
            return cache.incr(key)
        except ValueError:  # the window ended between the two calls
            cache.set(key, 1, timeout=self.seconds)
            return 1

    def _events(self, ask: Callable[[str], int], address: str) -> int:
        try:
            return int(ask(self._key(address)))
        except Exception as error:  # every cache has exceptions of its own
            logger.error("The cache is away (%s); nothing is limited now.", type(error).__name__)
            return 0

    def _key(self, address: str) -> str:
        today = timezone.now().date().isoformat()
        salt = f"throttle.{self.name}.{today}"
        digest = salted_hmac(salt, _household(address), algorithm="sha256")
        return f"throttle:{self.name}:{digest.hexdigest()}"


def _household(address: str) -> str:
    """The address itself; of IPv6 its first half, for a household has all of the second."""
    try:
        parsed = ip_address(address)
    except ValueError:  # a UNIX socket has none
        return address
    if isinstance(parsed, IPv4Address):
        return address
    return str(parsed.ipv4_mapped or IPv6Network((parsed, 64), strict=False))
