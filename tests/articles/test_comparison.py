"""What the history page says about the difference between two texts."""

from __future__ import annotations

import pytest

from articles.comparison import compare
from articles.models import Revision


def revision(**values):
    return Revision(**({"headline": "Same", "byline": "Innocence Staff"} | values))


def shown(change):
    marks = {"same": "{}", "out": "[-{}-]", "in": "[+{}+]"}
    lines = ("".join(marks[p.change].format(p.text) for p in line) for line in change.lines)
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        ("<p>One two three.</p>", "<p>One 2 three.</p>", "One [-two-][+2+] three."),
        ("<p>One.</p>", "<p>One.</p><p>Two.</p>", "One.\n[+Two.+]"),
        ("<p>One.</p><p>Two.</p>", "<p>Two.</p>", "[-One.-]\nTwo."),
        ("<p>Head</p>", "<h2>Head</h2>", "[+## +]Head"),
        (
            '<p><a href="/a/">Here</a></p>',
            '<p><a href="/b/">Here</a></p>',
            "Here [/[-a-][+b+]/]",
        ),
    ],
)
def test_the_text_is_compared_word_by_word(old, new, difference):
    (change,) = compare(revision(body=old), revision(body=new))
    assert (change.label, shown(change)) == ("Text", difference)


def test_only_the_fields_that_differ_are_named():
    old, new = revision(public_names="A"), revision(headline="Other", public_names="A\nB")
    assert [change.label for change in compare(old, new)] == ["Headline", "Names made public"]
    assert compare(old, old) == []


def test_a_very_long_text_is_compared_quickly():
    old = "".join(f"<p>Paragraph {number} of a long text.</p>" for number in range(2000))
    new = old.replace("Paragraph 7 ", "Chapter 7 ")
    (change,) = compare(revision(body=old), revision(body=new))
    assert "[-Paragraph-][+Chapter+] 7 of a long text." in shown(change)
