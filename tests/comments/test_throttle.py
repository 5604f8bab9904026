"""A throttle stops the one event too many, and keeps no address to do it."""

from __future__ import annotations

from unittest import mock

import pytest
from django.core.cache import cache

from comments.throttle import Throttle


def test_a_throttle_stops_the_one_event_too_many_and_nobody_else():
    throttle = Throttle("test", limit=2, seconds=60)
    assert [throttle.count("192.0.2.1") for _event in range(3)] == [True, True, False]
    assert throttle.is_exhausted("192.0.2.1")
    assert throttle.count("192.0.2.2")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("", "", True),
    ],
)
def test_a_throttle_counts_the_addresses_of_one_household_as_one(one, other, same):
    throttle = Throttle("test", limit=1, seconds=60)
    assert throttle.count(one)
    assert throttle.count(other) is not same


def test_a_throttle_keeps_no_address_in_the_cache():
    with mock.patch.object(cache, "add", wraps=cache.add) as add:
        Throttle("test", limit=2, seconds=60).count("192.0.2.1")
    assert add.call_count == 1
    assert "192.0.2.1" not in str(add.call_args)


def test_a_throttle_stops_nobody_while_the_cache_is_away(monkeypatch, caplog):
    def away(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr(cache, "add", away)
    monkeypatch.setattr(cache, "get", away)
    throttle = Throttle("test", limit=0, seconds=60)
    assert throttle.count("192.0.2.1")
    assert "192.0.2.1" not in caplog.text
