"""The rules of the house that no single part can hold alone."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import URLResolver, get_resolver, reverse

from comments.models import Reason
from comments.models.comment import QUEUES

ROOT = Path(settings.BASE_DIR)
STAFF = re.compile(r"^(desk|moderation)/")


def _routes(resolver, prefix=""):
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _routes(entry, route)
        else:
            yield route


def _address(route: str) -> str:
    """An address for the route; the only names in staff routes are those of queues."""
    return "/" + re.sub(r"<[^>]+>", "pii", re.sub(r"<int:[^>]+>", "1", route))


STAFF_ADDRESSES = sorted(
    {_address(route) for route in _routes(get_resolver()) if STAFF.match(route)}
)


def test_the_table_of_staff_addresses_is_not_empty():
    assert "/moderation/" in STAFF_ADDRESSES
    assert "/desk/" in STAFF_ADDRESSES
    assert len(STAFF_ADDRESSES) >= 12


@pytest.mark.django_db
@pytest.mark.parametrize("address", STAFF_ADDRESSES)
def test_every_staff_address_sends_strangers_to_the_log_in(client, address):
    for method in (client.get, client.post):
        answer = method(address)
        assert answer.status_code == 302, address
        assert answer["Location"].startswith(reverse("login")), address


@pytest.mark.django_db
@pytest.mark.parametrize("address", STAFF_ADDRESSES)
def test_every_staff_address_refuses_the_wrong_group(editor_client, moderator_client, address):
    client = moderator_client if address.startswith("/desk/") else editor_client
    for method in (client.get, client.post):
        assert method(address).status_code == 403, address


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())


@pytest.mark.parametrize("value", [*(queue for queue, _label in QUEUES), *Reason.values])
def test_every_queue_and_reason_is_in_the_handbook(value):
    assert f"`{value}`" in (ROOT / "docs" / "moderation.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "lock", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda p: p.name
)
def test_locked_requirements_are_hashed_and_name_no_registry(lock):
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    requirements = re.split(r"\n(?=\S)", text)
    pinned = [entry for entry in requirements if re.match(r"[a-z0-9]", entry, re.IGNORECASE)]
    assert len(pinned) >= 15
    assert all("==" in entry and "--hash=sha256:" in entry for entry in pinned)


def test_the_table_has_every_setting_that_is_read_from_the_environment_and_no_other():
    table = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")
    source = (ROOT / "innocence" / "settings.py").read_text(encoding="utf-8")
    named = set(
        re.findall(r"`([A-Z][A-Z_]+)`", table.split("## Settings")[1].split("## Backups")[0])
    )
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
    assert named == read


def test_templates_hold_no_inline_script_style_or_handler():
    for template in (ROOT / "templates").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", text), template
        for tag in re.findall(r"<script[^>]*>", text):
            assert "src=" in tag or "application/ld+json" in tag or "nonce=" in tag, template


def test_no_page_names_another_host_for_a_file():
    for file in [
        *(ROOT / "templates").rglob("*.html"),
        *(ROOT / "innocence/static").rglob("*.css"),
    ]:
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"(?:src|@import|url\()\s*=?\s*[\"'(]?https?://", text), file


def test_every_link_between_our_own_pages_of_documentation_leads_somewhere():
    pages = [*ROOT.glob("*.md"), *ROOT.glob("*/*.md"), *ROOT.glob("docs/*/*.md")]
    broken = [
        (page.name, target)
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
        if not re.match(r"[a-z]+:|/", target) and not (page.parent / target).exists()
    ]
    assert broken == []
    assert pages
