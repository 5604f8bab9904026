"""The pages of the rules: who may write them, and that none is saved untried."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Permission

from comments import moderation, site_rules
from comments.models import SiteRule, Status
from tests.builders import make_comment, make_site_rule

pytestmark = pytest.mark.django_db

ADDRESS = "/moderation/rules/"
NEW = {"kind": "words", "lines": "miracle pardon", "note": "Sold to families.", "is_on": "on"}


def page_of(response) -> str:
    return str(response.content.decode())


def tried_of(response) -> str:
    [tried] = re.findall(r'name="tried" value="(\w+)"', page_of(response))
    return str(tried)


def test_moderators_read_the_rules_and_only_those_who_may_change_them(
    moderator_client, lead_client
):
    rule = make_site_rule(note="Sold to families.")
    for path in (ADDRESS, f"{ADDRESS}{rule.pk}/"):
        answer = moderator_client.get(path)
        assert "Sold to families." in page_of(answer)
        assert "no-store" in answer["Cache-Control"]
        assert "/new/" not in page_of(answer)
        assert "/write/" not in page_of(answer)
    for path in ("new/", f"{rule.pk}/write/"):
        assert moderator_client.get(f"{ADDRESS}{path}").status_code == 403
        assert moderator_client.post(f"{ADDRESS}{path}", NEW).status_code == 403
        assert lead_client.get(f"{ADDRESS}{path}").status_code == 200
    assert "/new/" in page_of(lead_client.get(ADDRESS))
    assert "/write/" in page_of(lead_client.get(f"{ADDRESS}{rule.pk}/"))


def test_who_may_write_rules_but_not_moderate_does_not_get_in(client, lead):
    lead.groups.clear()
    lead.user_permissions.add(Permission.objects.get(codename="edit_site_rules"))
    client.force_login(lead)
    for path in ("", "new/"):
        assert client.get(f"{ADDRESS}{path}").status_code == 403


@pytest.mark.parametrize("action", ["try", "save"])
def test_a_rule_is_tried_before_it_is_saved_whatever_is_pressed(
    lead_client, lead, moderator, action
):
    comment = make_comment(body="Get a miracle pardon <b>now</b>", status=Status.WAITING)
    moderation.approve(comment, by=moderator)
    answer = lead_client.post(f"{ADDRESS}new/", NEW | {"action": action})
    assert answer.status_code == 200
    assert "It would have held 1 of them." in page_of(answer)
    assert "more than one in ten" in page_of(answer)
    assert '<mark class="mark mark--site_rule">miracle pardon</mark>' in page_of(answer)
    assert "<b>" not in page_of(answer)
    assert f"/moderation/comments/{comment.pk}/" in page_of(answer)
    assert not SiteRule.objects.exists()
    sent = NEW | {"action": "save", "tried": tried_of(answer)}
    saved = lead_client.post(f"{ADDRESS}new/", sent)
    rule = SiteRule.objects.get()
    assert saved["Location"] == f"{ADDRESS}{rule.pk}/"
    assert [(v.number, v.lines, v.by) for v in rule.versions.all()] == [(1, NEW["lines"], lead)]


def test_the_trial_of_other_words_counts_for_nothing(lead_client):
    tried = tried_of(lead_client.post(f"{ADDRESS}new/", NEW | {"action": "try"}))
    other = NEW | {"lines": "pardon", "action": "save", "tried": tried}
    assert "What it would have done" in page_of(lead_client.post(f"{ADDRESS}new/", other))
    assert not SiteRule.objects.exists()


def test_whoever_may_not_write_rules_is_told_so(moderator_client, lead_client):
    said = "To write rules takes a permission"
    assert said in moderator_client.get(ADDRESS).content.decode()
    assert said not in lead_client.get(ADDRESS).content.decode()
    refused = moderator_client.get(f"{ADDRESS}new/").content.decode()
    assert "Somebody who looks after the accounts can give you the permission" in refused
    assert "Donate" not in refused


def test_a_rule_is_switched_off_at_once_and_what_it_was_stays_readable(lead_client):
    rule = make_site_rule(lines="pardon", note="Sold to families.")
    address = f"{ADDRESS}{rule.pk}/"
    off = {"kind": "words", "lines": "pardon", "note": "Over.", "number": 1, "action": "save"}
    assert lead_client.post(f"{address}write/", off).status_code == 302
    page = page_of(lead_client.get(address))
    assert "It is switched off: it holds no comment." in page
    assert "Sold to families." in page
    assert "Version 1 by" in page
    assert "Version 2 by" in page


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"lines": " "}, "lines", "This field is required."),
        ({"lines": "pardon\n?!"}, "lines", "“?!” holds no word."),
        ({"lines": "one " * 11}, "lines", "A line has up to 10 words."),
        ({"lines": "x" * 2001}, "lines", "It has 2,001 now."),
        ({"kind": "host", "lines": "shop"}, "lines", "“shop” is not the name of a website."),
        ({"note": ""}, "note", "This field is required."),
        ({"note": "x" * 301}, "note", "Please shorten it to 300 characters."),
    ],
)
def test_what_cannot_be_a_rule_is_said_beside_the_field(lead_client, values, field, said):
    for action in ("try", "save"):
        answer = lead_client.post(f"{ADDRESS}new/", NEW | values | {"action": action})
        assert answer.status_code == 422
        [beside] = re.findall(rf'id="id_{field}_error">(.*?)</div>', page_of(answer), re.S)
        assert said in beside


def test_a_kind_that_there_is_not_is_refused(lead_client):
    answer = lead_client.post(f"{ADDRESS}new/", NEW | {"kind": "regex", "action": "save"})
    assert answer.status_code == 422
    assert not SiteRule.objects.exists()


def test_two_people_who_write_at_once_do_not_overwrite_each_other(lead_client, lead):
    rule = make_site_rule(lines="pardon")
    address = f"{ADDRESS}{rule.pk}/write/"
    mine = NEW | {"number": 1}
    mine["tried"] = tried_of(lead_client.post(address, mine | {"action": "try"}))
    site_rules.save(rule, by=lead, number=1, kind="words", lines="theirs", note="Why.", is_on=True)
    answer = lead_client.post(address, mine | {"action": "save"})
    assert answer.status_code == 409
    assert "Somebody has changed this rule meanwhile" in page_of(answer)
    assert "miracle pardon</textarea>" in page_of(answer)
    [number] = re.findall(r'name="number" value="(\d+)"', page_of(answer))
    assert lead_client.post(address, mine | {"action": "save", "number": number}).status_code == 302
    assert [v.lines for v in rule.versions.all()] == ["miracle pardon", "theirs", "pardon"]


def test_the_lists_ask_the_database_the_same_whatever_there_is(
    moderator_client, django_assert_max_num_queries
):
    for _number in range(12):
        make_site_rule()
    with django_assert_max_num_queries(10):
        moderator_client.get(ADDRESS)
