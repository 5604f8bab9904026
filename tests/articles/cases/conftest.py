"""One more person for the desk of cases."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from tests.builders import make_user


@pytest.fixture
def writer_client(db):
    """May write and may not publish."""
    writer: User = make_user("writer")
    writer.user_permissions.add(Permission.objects.get(codename="write_articles"))
    client = Client()
    client.force_login(writer)
    return client
