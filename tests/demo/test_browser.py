"""Every page in Debian's Chromium: both themes, phone and desktop, with and without JavaScript."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from .conftest import Demo

CHROMIUM = shutil.which("chromium")
ARTICLE = "/news/new-netflix-series-explores-false-confessions/"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is missing: apt-get install chromium"),
]

PUBLIC = [
    "/",
    "/news/",
    "/news/topic/false-confessions/",
    "/reviews/",
    ARTICLE,
    f"{ARTICLE}comment/",
    f"{ARTICLE}comment/help/",
    f"{ARTICLE}comments/1/report/",
    f"{ARTICLE}comments/1/reported/?became=hidden",
    "/news/review-the-confession-tapes/",
    "/how-we-consider-cases/",
    "/how-we-consider-cases/check/",
    "/how-we-consider-cases/letter/",
    "/como-consideramos-casos/",
    "/como-consideramos-casos/check/",
    "/como-consideramos-casos/letter/",
    "/comment-policy/",
    "/privacy/",
    "/about/",
    "/donate/",
    "/search/?q=confession",
    "/search/?q=zzzzz",
    "/accounts/login/",
    "/no-such-page/",
]
MODERATION = [
    "/moderation/",
    "/moderation/pii/",
    "/moderation/hate/",
    "/moderation/cases/",
    "/moderation/spam/",
    "/moderation/general/",
    "/moderation/reported/",
    "/moderation/all/",
    "/moderation/help-lines/",
    "/moderation/help-lines/new/",
    "/moderation/all/?state=answered",
    "/moderation/all/?language=es",
    "/moderation/find/",
    "/moderation/authors/",
    "/moderation/comments/1/author/",
    "/moderation/comments/1/note/",
    "/moderation/cases/figures/",
    "/moderation/case-replies/",
    "/moderation/case-replies/1/",
]
WRITING = [
    "/desk/",
    "/desk/new/?kind=post",
    "/desk/new/?kind=review",
    "/desk/works/",
    "/desk/cases/",
    "/desk/cases/stages/",
    "/desk/cases/send/",
    "/desk/cases/check/",
    "/desk/cases/history/",
    "/desk/cases/2/",
    "/desk/organizations/",
    "/desk/organizations/1/",
    "/desk/organizations/import/",
    "/desk/organizations/history/",
]
SCREENS = [
    pytest.param(
        {"viewport": {"width": width, "height": 900}, "color_scheme": theme},
        id=f"{width}-{theme}",
    )
    for width in (360, 1280)
    for theme in ("light", "dark")
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield running
        running.close()


Opener = Callable[..., Any]


@pytest.fixture
def open_page(browser: Browser, demo: Demo) -> Iterator[Opener]:
    """A page that fails the test on a console error, a broken file or a request elsewhere."""
    contexts = []
    troubles: list[str] = []

    def opener(**options: Any) -> Page:
        context = browser.new_context(base_url=demo.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda line: _note(line, troubles))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((demo.url, "data:", "blob:"))
                else troubles.append(f"asked {request.url}")
            ),
        )
        return page

    yield opener
    for context in contexts:
        context.close()
    assert troubles == []


def _note(line: Any, troubles: list[str]) -> None:
    # Chromium logs the status of a page that is meant to be an error; everything else counts.
    if line.type == "error" and "the server responded with a status of" not in line.text:
        troubles.append(line.text)


def _log_in(page: Page, name: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill("demo")
    page.get_by_role("button", name="Log in").click()


def _assert_fits(page: Page, address: str) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{address} is {wide} px too wide"


def _assert_fits_and_is_accessible(page: Page, address: str) -> None:
    page.goto(address, wait_until="networkidle")
    _assert_fits(page, address)
    assert page.locator("h1").count() == 1, address
    result = Axe().run(page)
    assert result.violations_count == 0, f"{address}\n{result.generate_report()}"


@pytest.mark.parametrize("screen", SCREENS)
def test_public_pages_fit_and_pass_axe(open_page: Opener, screen: dict[str, Any]) -> None:
    page = open_page(**screen)
    for address in PUBLIC:
        _assert_fits_and_is_accessible(page, address)


@pytest.mark.parametrize("screen", SCREENS)
def test_staff_pages_fit_and_pass_axe(open_page: Opener, screen: dict[str, Any]) -> None:
    page = open_page(**screen)
    _log_in(page, "moderator")
    for address in MODERATION:
        _assert_fits_and_is_accessible(page, address)
    page.goto("/moderation/pii/")
    first = page.locator('a[href*="/moderation/comments/"]').first.get_attribute("href")
    assert first
    _assert_fits_and_is_accessible(page, first)
    page.context.clear_cookies()
    _log_in(page, "editor")
    for address in WRITING:
        _assert_fits_and_is_accessible(page, address)


def test_what_a_moderator_sent_too_late_is_done_by_one_press_after_log_in(
    open_page: Opener,
) -> None:
    page = open_page()
    _log_in(page, "moderator")
    page.goto("/moderation/comments/1/note/")
    page.locator("textarea").fill("The headline was changed since.")
    page.context.clear_cookies(name="sessionid")
    page.locator("form:has(textarea) button[type=submit]").first.click()
    page.get_by_role("heading", name="You are not logged in any more").wait_for()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Log in on another page").click()
    other = opened.value
    other.get_by_label("Username").fill("moderator")
    other.get_by_label("Password").fill("demo")
    other.get_by_role("button", name="Log in").click()
    other.wait_for_url("**/moderation/**")
    page.bring_to_front()
    page.get_by_role("button", name="Send it now").click()
    page.wait_for_url("**/moderation/comments/1/**")
    page.get_by_text("The headline was changed since.").first.wait_for()


@pytest.mark.parametrize("script", [True, False], ids=["with-javascript", "without-javascript"])
def test_a_visitor_forgets_a_field_and_then_posts(open_page: Opener, script: bool) -> None:
    page = open_page(java_script_enabled=script, viewport={"width": 360, "height": 800})
    page.goto(ARTICLE)
    page.get_by_label("Comment", exact=True).fill("A thoughtful series, and hard to watch.")
    page.get_by_role("button", name="Post comment").click()
    page.wait_for_load_state()
    assert page.get_by_text("This field is required.", exact=True).count() >= 2
    assert "hard to watch" in page.get_by_label("Comment", exact=True).input_value()
    page.get_by_label("Name", exact=True).fill("Ines")
    page.get_by_label("E-mail", exact=True).fill(f"ines-{script}@example.org")
    page.get_by_role("button", name="Post comment").click()
    page.wait_for_url("**/receipt/**")
    page.get_by_role("heading", name="Your comment waits for a moderator").wait_for()
    page.get_by_role("button", name="Withdraw it").click()
    page.get_by_role("heading", name="You withdrew your comment").wait_for()
    page.get_by_role("button", name="Put it back").click()
    page.get_by_role("heading", name="Your comment waits for a moderator").wait_for()
    assert "ines-" not in page.content()


@pytest.mark.parametrize("script", [True, False], ids=["with-javascript", "without-javascript"])
def test_a_visitor_whose_comment_comes_back_sees_why(open_page: Opener, script: bool) -> None:
    page = open_page(java_script_enabled=script, viewport={"width": 360, "height": 800})
    page.goto(f"{ARTICLE}comment/")
    page.get_by_label("Name", exact=True).fill("Ines")
    page.get_by_label("E-mail", exact=True).fill("ines@example.org")
    page.get_by_label("Comment", exact=True).fill("Every word of this took me an hour.")
    page.context.clear_cookies()
    page.get_by_role("button", name="Post comment").click()
    why = page.get_by_text("Your text is still here")
    why.wait_for()
    page.wait_for_load_state()
    box = why.bounding_box()
    assert box
    assert 0 <= box["y"] < 400
    assert "took me an hour" in page.get_by_label("Comment", exact=True).input_value()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("script", [True, False], ids=["with-javascript", "without-javascript"])
def test_a_visitor_is_told_what_was_seen_and_has_it_removed(
    open_page: Opener, script: bool, width: int, scheme: str
) -> None:
    page = open_page(
        java_script_enabled=script,
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
    )
    page.goto(f"{ARTICLE}comment/")
    page.get_by_label("Name", exact=True).fill("Ines")
    page.get_by_label("E-mail", exact=True).fill(f"ines-{script}-{width}-{scheme}@example.org")
    page.get_by_label("Comment", exact=True).fill(
        f"I rang the number 212-555-0142 and nobody knew of part {width} in {scheme}."
    )
    page.get_by_role("button", name="Post comment").click()
    page.get_by_role("heading", name="Before you send it").wait_for()
    assert page.locator("mark").count() == 1
    if script:
        _assert_fits(page, "the page of the warning")
        assert Axe().run(page).violations_count == 0
    page.get_by_role("button", name="Let me edit").click()
    page.wait_for_load_state()
    assert "212-555-0142" in page.get_by_label("Comment", exact=True).input_value()
    page.get_by_role("button", name="Post comment").click()
    page.get_by_role("button", name="Remove them for me").click()
    page.wait_for_url("**/receipt/**")
    assert page.get_by_text("[phone number removed]").count() >= 1
    assert "212-555-0142" not in page.content()


@pytest.mark.parametrize("script", [True, False], ids=["with-javascript", "without-javascript"])
def test_a_family_takes_its_text_for_a_letter(open_page: Opener, script: bool) -> None:
    page = open_page(java_script_enabled=script, viewport={"width": 360, "height": 800})
    plea = "My brother is innocent and in prison for life. Please help us with his case."
    page.goto(f"{ARTICLE}comment/")
    page.get_by_label("Name", exact=True).fill("Ines")
    page.get_by_label("E-mail", exact=True).fill("ines@example.org")
    page.get_by_label("Comment", exact=True).fill(plea)
    page.get_by_role("button", name="Post comment").click()
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Take my text for a letter").click()
    letter = opened.value
    letter.get_by_role("heading", name="Your text for a letter").wait_for()
    assert letter.get_by_text(plea).count() == 1
    assert letter.get_by_role("button", name="Print this page").is_visible() is script
    if script:
        _assert_fits(letter, "the letter")
        assert Axe().run(letter).violations_count == 0
        letter.get_by_role("button", name="Copy my text").click()
        assert letter.evaluate("getSelection().toString()").strip() == plea
    letter.emulate_media(media="print")
    assert letter.get_by_text("P.O. Box 0000").first.is_visible()
    assert not letter.get_by_role("heading", name="Your text for a letter").is_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_visitor_is_told_while_still_writing_and_not_once_it_is_taken_out(
    open_page: Opener, width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    page.goto(ARTICLE)
    seen, comment = page.locator("#comment-seen"), page.get_by_label("Comment", exact=True)
    with page.expect_request("**/comment/look/") as asked:
        page.get_by_label("E-mail", exact=True).fill("ines@example.org")
        comment.fill("Call me, my number is 212-555-0142.")
    assert "ines@" not in (asked.value.post_data or "")
    expect(seen).to_contain_text("phone number: 212-555-0142")
    seen.scroll_into_view_if_needed()
    _assert_fits(page, "the form with its warning")
    assert Axe().run(page).violations_count == 0
    assert comment.evaluate("field => field === document.activeElement")
    comment.fill("My brother is innocent and in prison for life. Please help us with his case.")
    expect(seen).to_contain_text("asking us to look at a case")
    comment.fill("I liked the second part.")
    expect(seen).to_be_empty()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("script", [True, False], ids=["with-javascript", "without-javascript"])
def test_five_questions_lead_to_whom_to_write_to(
    open_page: Opener, script: bool, width: int, scheme: str
) -> None:
    page = open_page(
        java_script_enabled=script,
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
    )
    page.goto("/how-we-consider-cases/")
    page.get_by_role("link", name="Answer five questions").click()
    page.get_by_role("button", name="See the answer").click()
    page.wait_for_load_state()
    assert page.get_by_text("Please choose an answer.").count() >= 4
    for name, value in [
        ("convicted", "yes"), ("appeal_over", "yes"), ("evidence", "unsure"), ("in_prison", "yes"),
    ]:  # fmt: skip
        page.locator(f"input[name={name}][value={value}]").check()
    page.get_by_label("4. In which state or country").select_option("US-OH")
    page.get_by_role("button", name="See the answer").click()
    page.get_by_role("heading", name="We do not work here: Ohio").wait_for()
    assert page.get_by_text("Made-Up Innocence Project of Ohio").count() == 1
    assert page.url.endswith("/how-we-consider-cases/check/")
    assert page.context.cookies() == []
    assert page.locator("input[name=evidence][value=unsure]").is_checked()
    if script:
        _assert_fits(page, "the page of the answer")
        assert Axe().run(page).violations_count == 0
    page.get_by_label("4. In which state or country").select_option("US-NY")
    page.get_by_role("button", name="Ask again").click()
    page.get_by_role("heading", name="You can write to us about this").wait_for()


def test_the_letter_guide_prints_with_its_lines_and_nothing_else(open_page: Opener) -> None:
    page = open_page()
    page.goto("/how-we-consider-cases/letter/")
    page.emulate_media(media="print")
    assert page.locator(".lines span").first.is_visible()
    assert page.locator(".print-address").is_visible()
    for name in (".top nav", ".foot", ".in-other", ".letter__how"):
        assert not page.locator(name).first.is_visible(), name


def test_see_more_appends_twenty_threads_and_moves_the_focus(open_page: Opener) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})
    page.goto(ARTICLE)
    threads = page.locator("ol.thread > li")
    assert threads.count() == 20
    page.get_by_role("link", name="See more").click()
    threads.nth(20).wait_for()
    focused = page.evaluate(
        "[...document.querySelectorAll('ol.thread > li')].findIndex("
        "li => li.contains(document.activeElement))"
    )
    assert focused == 20


def test_see_more_is_a_link_without_javascript(open_page: Opener) -> None:
    page = open_page(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page.goto(ARTICLE)
    first = page.locator("ol.thread > li").first.inner_text()
    page.get_by_role("link", name="See more").click()
    page.wait_for_load_state()
    assert "comments=2" in page.url
    assert page.locator("ol.thread > li").first.inner_text() != first


def test_the_first_key_leads_past_the_navigation_to_the_text(open_page: Opener) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})
    page.goto(ARTICLE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").startswith("skip")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def _waiting(page: Page) -> int:
    """How many comments wait in the lane that is open."""
    return int(page.locator(".lanes a[aria-current] .n").inner_text().split()[0])


def test_a_moderator_decides_with_single_keys_and_takes_it_back(open_page: Opener) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})
    _log_in(page, "moderator")
    page.goto("/moderation/spam/")
    waiting = _waiting(page)

    def after(*keys: str) -> int:
        page.locator("[data-card]").first.focus()
        for key in keys[:-1]:
            page.keyboard.press(key)
        with page.expect_navigation():
            page.keyboard.press(keys[-1])
        return _waiting(page)

    assert after("a") == waiting - 1
    assert after("z") == waiting
    assert after("r", "7") == waiting - 1
    assert after("z") == waiting
    page.goto("/moderation/pii/")
    waiting = _waiting(page)
    assert after("x") == waiting - 1
    assert after("z") == waiting


def test_a_reader_reports_without_javascript_and_a_moderator_decides_with_one_key(
    open_page: Opener,
) -> None:
    reader = open_page(java_script_enabled=False)
    reader.goto(ARTICLE)
    link = reader.get_by_role("link", name=re.compile("^Report the comment by")).first
    name = link.inner_text().partition(" by ")[2].strip()
    link.click()
    reader.get_by_role("button", name="Send the report").click()
    expect(reader.get_by_text("Choose what is wrong with it.").first).to_be_visible()
    reader.get_by_label("It is written in my name, and not by me").check()
    reader.get_by_label("What should a moderator know?").fill("Please look.")
    reader.get_by_role("button", name="Send the report").click()
    reader.get_by_role("link", name="Back to the comment").click()
    hidden = reader.locator(".thread li:target > .own")
    assert name not in hidden.inner_text()
    assert "Part of it is hidden until a moderator has looked." in hidden.inner_text()

    desk = open_page(viewport={"width": 1280, "height": 900})
    _log_in(desk, "moderator")
    desk.goto("/moderation/reported/")
    _assert_fits_and_is_accessible(desk, "/moderation/reported/")
    waiting = _waiting(desk)
    desk.locator("[data-card]").first.focus()
    for key, left in (("l", waiting - 1), ("z", waiting), ("l", waiting - 1)):
        with desk.expect_navigation():
            desk.keyboard.press(key)
        assert _waiting(desk) == left
    reader.reload()
    assert name in hidden.inner_text()


def _keys_until(page: Page, waiting: int, *keys: str) -> None:
    """Press the keys, and wait until the lane counts so many and the next comment has the focus."""
    for key in keys:
        page.keyboard.press(key)
    count = page.locator(".lanes a[aria-current] .n")
    expect(count).to_have_text(re.compile(rf"^{waiting}\b"))
    expect(page.locator(".toast--decided [data-undo]")).to_be_visible()
    page.wait_for_function("document.activeElement.matches('[data-card]')")


@pytest.mark.parametrize(
    ("lane", "keys"),
    [
        ("general", ["a"]),
        ("pii", ["x"]),
        ("general", ["r", "7"]),
        ("cases", ["c", "Enter"]),
    ],
)
def test_each_decision_has_its_keys_and_the_next_comment_is_there_at_once(
    open_page: Opener, lane: str, keys: list[str]
) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})
    _log_in(page, "moderator")
    page.goto(f"/moderation/{lane}/")
    cards = page.locator("[data-card]")
    if keys == ["x"]:
        cards = cards.filter(has=page.locator("input[name=cuts]:checked"))
    with page.expect_response(lambda answer: "x-part" in answer.request.headers):
        page.goto(cards.first.locator(".judged__who a").get_attribute("href"))
    waiting = _waiting(page)
    decided = page.locator("[data-card]").get_attribute("id")
    page.evaluate("window.isTheSamePage = true")
    _keys_until(page, waiting - 1, *keys)
    assert page.evaluate("window.isTheSamePage")
    arrived = page.locator("[data-card]").get_attribute("id")
    assert arrived != decided
    assert page.url.partition("?")[0].endswith(f"/{arrived.removeprefix('comment-')}/")
    assert Axe().run(page).violations_count == 0
    with page.expect_navigation():
        page.keyboard.press("z")
    assert page.locator("[data-card]").get_attribute("id") == decided
    assert _waiting(page) == waiting


def test_alike_comments_are_removed_by_two_keys_and_all_come_back_by_one(
    open_page: Opener,
) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})
    _log_in(page, "moderator")
    page.goto("/moderation/spam/")
    card = page.locator("[data-card]").filter(has=page.locator("input[name=alike]:checked")).first
    with page.expect_response(lambda answer: answer.request.headers.get("x-part") == "ahead"):
        page.goto(card.locator(".judged__who a").get_attribute("href"))
    waiting = _waiting(page)
    shown = page.locator("[data-card]").get_attribute("id")
    remove = page.locator("details.remove > summary")
    expect(remove).to_contain_text("Remove all 5…")
    expect(page.get_by_role("button", name="Approve all 3")).to_be_visible()

    # The buttons name what is ticked, box by box, down to the one comment alone.
    page.locator("details.alike > summary").click()
    boxes = page.locator("input[name=alike]")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(boxes.first).not_to_be_checked()
    expect(remove).to_contain_text("Remove all 4…")
    expect(page.get_by_role("button", name="Approve all 2")).to_be_visible()
    for number in range(1, 4):
        boxes.nth(number).uncheck()
    expect(remove).to_contain_text("Remove…")
    expect(page.get_by_role("button", name="Approve", exact=True)).to_be_visible()
    for number in range(4):
        boxes.nth(number).check()
    expect(remove).to_contain_text("Remove all 5…")
    assert Axe().run(page).violations_count == 0

    page.locator("[data-card]").focus()
    page.evaluate("window.isTheSamePage = true")
    _keys_until(page, waiting - 5, "r", "7")
    assert page.evaluate("window.isTheSamePage")
    expect(page.locator(".toast--decided")).to_contain_text("Removed 5 alike comments")
    with page.expect_navigation():
        page.keyboard.press("z")
    assert page.locator("[data-card]").get_attribute("id") == shown
    assert _waiting(page) == waiting
    expect(page.locator(".toast--decided")).to_contain_text("Undone for 5 alike comments")
    expect(page.locator("details.remove > summary")).to_contain_text("Remove all 5…")


def test_the_comment_that_arrived_is_decided_with_the_same_keys_and_back_leads_back(
    open_page: Opener,
) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})
    _log_in(page, "moderator")
    page.goto("/moderation/general/")
    waiting = _waiting(page)
    with page.expect_response(lambda answer: "x-part" in answer.request.headers):
        page.goto(page.locator(".judged__who a").first.get_attribute("href"))
    first = page.locator("[data-card]").get_attribute("id")
    with page.expect_response(lambda answer: answer.request.headers.get("x-part") == "ahead"):
        _keys_until(page, waiting - 1, "r", "7")
    page.keyboard.press("r")
    expect(page.locator("details.remove")).to_have_attribute("open", "")
    _keys_until(page, waiting - 2, "7")
    page.evaluate("history.go(-2)")
    expect(page.locator("[data-card]")).to_have_id(first)
    expect(page.locator(".state--removed").first).to_be_visible()


def test_a_decision_that_came_second_is_told_on_the_page_and_its_note_is_kept(
    open_page: Opener,
) -> None:
    page, other = open_page(), open_page()
    _log_in(page, "moderator")
    _log_in(other, "admin")
    page.goto("/moderation/general/")
    address = page.locator(".judged__who a").first.get_attribute("href")
    for browser in (page, other):
        with browser.expect_response(lambda answer: "x-part" in answer.request.headers):
            browser.goto(address)
    other.keyboard.press("a")
    expect(other.locator(".toast--decided")).to_contain_text("Approved")
    page.get_by_label("Note for the log").fill("Read twice.")
    with page.expect_navigation():
        page.get_by_role("button", name="Approve").first.click()
    expect(page.get_by_role("alert")).to_contain_text("Somebody decided first")
    expect(page.get_by_label("Note for the log")).to_have_value("Read twice.")
    with other.expect_navigation():
        other.keyboard.press("z")


def test_a_doubt_is_written_and_passed_on_with_the_keyboard(open_page: Opener) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})
    _log_in(page, "moderator")
    page.goto("/moderation/general/")
    with page.expect_response(lambda answer: "x-part" in answer.request.headers):
        page.goto(page.locator(".judged__who a").nth(1).get_attribute("href"))
    doubtful = page.locator("[data-card]").get_attribute("id")
    page.keyboard.press("u")
    page.keyboard.type("May be irony.")
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    expect(page.locator(".toast--decided")).to_contain_text("Passed on")
    expect(page.locator("[data-card]")).not_to_have_id(doubtful)
    with page.expect_navigation():
        page.keyboard.press("z")
    expect(page.locator("[data-card]")).to_have_id(doubtful)


def test_on_a_list_the_keys_are_for_the_comment_that_is_marked_and_in_sight(
    open_page: Opener,
) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})
    _log_in(page, "moderator")
    page.goto("/moderation/general/")
    address = page.url
    first, second = page.locator("[data-card]").nth(0), page.locator("[data-card]").nth(1)
    expect(first).to_have_attribute("data-current", "")
    page.keyboard.press("j")
    expect(first).to_be_focused()
    page.keyboard.press("j")
    expect(second).to_be_focused()
    expect(second).to_have_attribute("data-current", "")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.keyboard.press("a")
    expect(second).to_be_in_viewport()
    assert page.url == address
    page.keyboard.press("k")
    expect(first).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("[data-keys]")).to_have_attribute("open", "")
    for modifier in ("Control", "Alt", "Meta"):
        page.keyboard.press(f"{modifier}+r")
    expect(page.locator("details.remove[open]")).to_have_count(0)


def _open_a_comment_with_marks(page: Page) -> str:
    """A waiting comment in which something can be cut; returns its address."""
    _log_in(page, "moderator")
    page.goto("/moderation/pii/")
    card = page.locator("[data-card]:has(input[name=cuts]:checked)").first
    address = card.locator(".judged__who a").get_attribute("href")
    assert address
    page.goto(address)
    return address


def test_a_mark_is_kept_cut_and_moved_with_the_keyboard(open_page: Opener) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})
    _open_a_comment_with_marks(page)
    mark = page.locator("mark[role=button]").first
    preview, said = page.locator("[data-preview]"), page.locator("[data-said]")
    expect(mark).to_have_attribute("aria-pressed", "true")
    marked = preview.locator(".cut").count()
    mark.focus()
    page.keyboard.press("Space")
    expect(page.locator("mark[role=button]").first).to_have_attribute("aria-pressed", "false")
    expect(said).to_contain_text("kept")
    expect(preview.locator(".cut")).to_have_count(marked - 1)
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowLeft")
    moved = page.locator("[data-cuts] input[name=spans]")
    expect(moved).to_have_count(1)
    expect(preview.locator(".cut")).to_have_count(marked)
    assert page.evaluate("document.activeElement.matches('mark[role=button]')")
    assert Axe().run(page).violations_count == 0


def test_words_are_chosen_with_the_keyboard_or_the_pointer_and_cut(open_page: Opener) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})
    _open_a_comment_with_marks(page)
    lines = page.locator("[data-cuts] input[type=checkbox]")
    found = lines.count()
    page.locator("[data-text]").focus()
    page.keyboard.press("ArrowRight")
    words = page.get_by_label("The characters to cut")
    expect(words).not_to_have_value("")
    chosen = words.input_value()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(lines).to_have_count(found + 1)
    expect(page.locator("mark[role=button]").first).to_contain_text(chosen)
    expect(page.locator("[data-preview]")).to_contain_text("[name removed]")

    grip = page.locator("mark[role=button]").first.locator(".grip").last.bounding_box()
    before = lines.last.input_value()
    page.mouse.move(grip["x"] + 1, grip["y"] + 8)
    page.mouse.down()
    page.mouse.move(grip["x"] - 8, grip["y"] + 8, steps=4)
    page.mouse.up()
    if len(chosen) > 1:
        expect(lines.last).not_to_have_value(before)
    with page.expect_navigation():
        page.locator("button[value=approve_redacted]").click()
    expect(page.locator(".toast--decided")).to_contain_text("Approved redacted")
    with page.expect_navigation():
        page.locator("[data-undo] button").click()


def test_an_edge_follows_the_pointer_over_the_label_too(open_page: Opener) -> None:
    """The label stands just where the pointer has to pass to take in more words."""
    page = open_page(viewport={"width": 1280, "height": 900})
    _open_a_comment_with_marks(page)
    mark = page.locator("mark[role=button]").first
    label = mark.locator(".mark__label").bounding_box()
    grip = mark.locator(".grip").last.bounding_box()
    assert label
    assert grip
    before = len(mark.inner_text())
    page.mouse.move(grip["x"] + 1, grip["y"] + 8)
    page.mouse.down()
    page.mouse.move(grip["x"] + min(40, label["width"] - 4), grip["y"] + 8, steps=6)
    page.mouse.up()
    assert len(mark.inner_text()) > before
    expect(mark.locator(".mark__label")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_way_back_is_in_sight_after_a_decision_and_the_focus_on_what_comes_next(
    open_page: Opener, width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 640})
    _log_in(page, "moderator")
    page.goto("/moderation/all/?state=published")
    with page.expect_navigation():
        page.locator("[data-card]").first.focus()
        page.keyboard.press("r")
        page.keyboard.press("7")
    page.wait_for_function("document.activeElement.matches('[data-card]')")
    expect(page.locator("[data-undo] button")).to_be_in_viewport(ratio=1)
    with page.expect_navigation():
        page.locator("[data-undo] button").click()


def test_characters_are_typed_to_be_cut_without_javascript(open_page: Opener) -> None:
    page = open_page(viewport={"width": 360, "height": 900}, java_script_enabled=False)
    _open_a_comment_with_marks(page)
    word = page.locator("[data-text] p").first.inner_text().split()[0]
    page.get_by_text("Cut something else").click()
    page.get_by_label("The characters to cut").fill(word)
    page.get_by_role("button", name="Add this cut").click()
    expect(page.locator("[data-preview]")).to_contain_text("[name removed]")
    assert page.locator("input[name=spans]").count() >= 1
    _assert_fits(page, page.url)


@pytest.mark.parametrize("width", [360, 1280])
def test_two_keys_answer_a_case_enquiry_and_one_takes_it_back(
    open_page: Opener, width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 900})
    _log_in(page, "moderator")
    page.goto("/moderation/cases/")
    waiting = _waiting(page)
    card = page.locator("[data-card]").nth(1)
    card.focus()
    page.keyboard.press("c")
    send = card.get_by_role("button", name="Send this letter")
    expect(send).to_be_focused()
    expect(card.locator(".letter")).to_be_in_viewport()
    _assert_fits(page, "an open case reply")
    assert Axe().run(page).violations_count == 0
    with page.expect_response("**/letter/"):
        card.get_by_label("Saved reply").select_option(index=1)
    send.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert _waiting(page) == waiting - 1
    with page.expect_navigation():
        page.keyboard.press("z")
    assert _waiting(page) == waiting
    expect(page.get_by_role("status").first).to_contain_text("had gone out already")


def test_a_case_enquiry_is_answered_without_javascript(open_page: Opener) -> None:
    page = open_page(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    _log_in(page, "moderator")
    page.goto("/moderation/cases/")
    waiting = _waiting(page)
    page.locator(".judged__who a").nth(2).click()
    page.locator("details.case-reply summary").click()
    first = page.locator(".letter").inner_text()
    page.get_by_label("Saved reply").select_option(index=1)
    page.get_by_role("button", name="Show this letter").click()
    assert page.locator(".letter").inner_text() != first
    page.get_by_role("button", name="Send this letter").click()
    assert _waiting(page) == waiting - 1
    page.locator(".toast--decided").get_by_role("button", name="Undo").click()
    assert _waiting(page) == waiting


def test_keys_are_off_while_a_note_is_written(open_page: Opener) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})
    _log_in(page, "moderator")
    page.goto("/moderation/spam/")
    before = page.url
    note = page.locator("textarea[name=note]").first
    note.fill("")
    note.press_sequentially("a xr7z")
    assert note.input_value() == "a xr7z"
    assert page.url == before


@pytest.mark.parametrize("script", [True, False], ids=["with-javascript", "without-javascript"])
def test_a_note_is_written_and_an_author_muted_with_the_keyboard(
    open_page: Opener, script: bool
) -> None:
    page = open_page(java_script_enabled=script, viewport={"width": 360, "height": 800})
    _log_in(page, "moderator")
    page.goto("/moderation/spam/")
    page.locator(".judged__who a").last.click()
    page.locator(".note-form").wait_for()
    address = page.url
    page.locator(".note-form summary").press("Enter")
    text = page.locator(".note-form textarea")
    text.press_sequentially("azx Read it with the others.")
    assert page.url == address
    page.get_by_role("button", name="Keep this note").press("Enter")
    page.wait_for_url("**#notes")
    assert page.locator(".kept").get_by_text("azx Read it with the others.").is_visible()
    _assert_fits(page, page.url)
    page.get_by_role("link", name="Mute or block this author…").press("Enter")
    page.get_by_label("Mute: new comments wait").press("Space")
    page.get_by_label("Reason").select_option("advertising")
    page.get_by_role("button", name="Mute or block").press("Enter")
    page.get_by_text("The author is muted.").wait_for()
    assert page.locator(".judged").get_by_text("Muted until").is_visible()
    page.get_by_role("link", name="Lift it").press("Enter")
    page.locator(".lift summary").first.press("Enter")
    page.get_by_role("button", name="Lift it").first.press("Enter")
    page.get_by_text("The author can comment as before.").wait_for()
    page.goto(address)
    page.get_by_role("button", name="Delete my note").press("Enter")
    page.wait_for_url("**#notes")
    assert page.locator(".kept").count() == 0


def test_an_editor_writes_previews_and_publishes(open_page: Opener) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})
    _log_in(page, "editor")
    page.goto("/desk/new/?kind=post")
    page.get_by_label("Headline").fill("A morning at the records office")
    page.get_by_role("textbox", name="Text").click()
    page.keyboard.type("The clerk knew every shelf.")
    page.get_by_role("button", name="Save and preview").click()
    page.get_by_text("The clerk knew every shelf.").wait_for()
    assert open_page().goto("/news/a-morning-at-the-records-office/").status == 404
    page.get_by_role("link", name="Back to the editor").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Publish now").click()
    reader = open_page()
    assert reader.goto("/news/a-morning-at-the-records-office/").status == 200
    assert "The clerk knew every shelf." in reader.content()


@pytest.mark.parametrize("script", [True, False], ids=["with-javascript", "without-javascript"])
def test_no_button_of_the_editor_drops_what_was_written_or_set(
    open_page: Opener, script: bool
) -> None:
    page = open_page(java_script_enabled=script, viewport={"width": 360, "height": 800})
    _log_in(page, "editor")

    def press(button: str) -> None:
        with page.expect_navigation():
            page.get_by_role("button", name=button).click()

    page.goto("/desk/new/?kind=post")
    headline = page.get_by_label("Headline")
    waits = page.get_by_label("Who waits for a moderator")
    headline.fill(f"A shelf of letters, {script}")
    with page.expect_navigation():
        headline.press("Enter")
    page.get_by_text("Saved. Readers do not see it yet.").wait_for()
    page.get_by_label("Publish at").fill("2099-01-01T10:00")
    if script:
        page.get_by_role("textbox", name="Text").click()
        page.keyboard.type("The clerk knew every shelf.")
    else:
        page.get_by_label("Text").fill("<p>The clerk knew every shelf.</p>")
    press("Schedule")
    headline.fill("Another headline")
    waits.select_option("all")
    press("Cancel the schedule")
    assert page.get_by_text("The article is a draft again.").count()
    assert headline.input_value() == "Another headline"
    assert waits.input_value() == "all"


def test_the_editors_toolbar_says_what_is_pressed_and_its_link_shows_the_focus(
    open_page: Opener,
) -> None:
    page = open_page(viewport={"width": 360, "height": 740})
    _log_in(page, "editor")
    page.goto("/desk/new/?kind=review")
    page.get_by_role("textbox", name="Text").click()
    page.keyboard.type("Silence.")
    toolbar = page.get_by_role("toolbar", name="Formatting")
    bold = toolbar.get_by_role("button", name="Bold")
    expect(page.get_by_role("textbox", name="Text")).to_contain_text("Silence.")
    expect(bold).to_have_attribute("aria-pressed", "false")
    # The editor reads a selection a moment after the browser has made it.
    link = toolbar.get_by_role("button", name="Link", exact=True)
    page.keyboard.press("Shift+Home")
    expect(link).to_have_attribute("aria-disabled", "false")
    bold.click()
    expect(bold).to_have_attribute("aria-pressed", "true")
    for button in toolbar.get_by_role("button").all():
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44, button.get_attribute("title")
    expect(link).to_have_attribute("aria-disabled", "false")
    link.click()
    address = page.get_by_role("dialog", name="Link").get_by_label("Address")
    address.focus()
    assert address.evaluate("(input) => getComputedStyle(input).outlineWidth") == "3px"
    assert Axe().run(page).violations_count == 0


def test_a_work_that_is_not_listed_is_described_with_its_review_without_javascript(
    open_page: Opener,
) -> None:
    page = open_page(java_script_enabled=False)
    _log_in(page, "editor")
    page.goto("/desk/new/?kind=review")
    page.get_by_label("Headline").fill("A shelf of tapes")
    page.get_by_text("The work is not in the list").click()
    page.get_by_label("Title").fill("The Shelf")
    page.get_by_role("button", name="Save", exact=True).click()
    assert page.get_by_text("The new work is not complete yet.").count()
    page.get_by_label("Kind").select_option("film")
    page.get_by_label("Year").fill("2021")
    page.get_by_role("button", name="Save", exact=True).click()
    assert page.get_by_label("Work", exact=True).locator("option:checked").inner_text() == (
        "The Shelf (2021)"
    )


def test_a_small_screen_with_large_letters_needs_no_scrolling_sideways(open_page: Opener) -> None:
    page = open_page(viewport={"width": 320, "height": 640})
    for address in PUBLIC:
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        _assert_fits(page, address)


def test_a_permalink_is_there_at_once(open_page: Opener) -> None:
    page = open_page(viewport={"width": 360, "height": 800})
    page.goto(ARTICLE)
    last = page.locator("ol.thread > li .who a").last.get_attribute("href")
    page.goto(last)
    top = page.evaluate("document.querySelector(location.hash).getBoundingClientRect().top")
    assert 0 <= top < 400


def test_an_article_prints_with_its_address_and_without_the_comments(open_page: Opener) -> None:
    page = open_page()
    page.goto(ARTICLE)
    page.emulate_media(media="print")
    assert page.locator(".print-address").is_visible()
    assert not page.locator("#thread").is_visible()
    assert not page.locator("#comment-form").is_visible()
