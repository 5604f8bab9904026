"""Fixtures for people; everything else is made by the functions in ``tests.builders``."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from hypothesis import settings as hypothesis_settings

from auditlog import guard

from .builders import make_user

# A busy machine is no defect: examples are checked for what they show, not for how long it takes.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _log_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that commits leaves rows behind, and the database refuses to delete those of the log.

    Emptying it ends with what follows every migrate, so the next test finds the guard again.
    """
    marker = request.node.get_closest_marker("django_db")
    commits = bool(marker and marker.kwargs.get("transaction"))
    commits = commits or "transactional_db" in request.fixturenames
    if commits:
        request.getfixturevalue("transactional_db")
    yield
    if commits:
        guard.lift()


@pytest.fixture
def editor(db: None) -> User:
    return make_user("editor", "Editors")


@pytest.fixture
def moderator(db: None) -> User:
    return make_user("moderator", "Moderators")


@pytest.fixture
def other_moderator(db: None) -> User:
    return make_user("other-moderator", "Moderators")


@pytest.fixture
def lead(db: None) -> User:
    return make_user("lead", "Lead moderators")


@pytest.fixture
def lead_client(lead: User) -> Client:
    client = Client()
    client.force_login(lead)
    return client


@pytest.fixture
def editor_client(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def moderator_client(moderator: User) -> Client:
    client = Client()
    client.force_login(moderator)
    return client
