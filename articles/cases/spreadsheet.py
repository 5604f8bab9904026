"""The list of organisations as a CSV file: written for spreadsheets, read from whatever they save.

Reading changes nothing. It says, row by row, what an import would do, and what is wrong.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import Field
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .. import places
from ..models import Organisation
from ..models.directory import SPOKEN, language_name

MAX_BYTES = 1_000_000
MAX_ROWS = 2000
COLUMNS = ("number", "name", "places", "address", "website", "languages", "shown")
_REQUIRED = ("name", "places")
_YES = {"yes", "y", "true", "1", "x", "si", "sí", "s", ""}
_NO = {"no", "n", "false", "0"}
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A spreadsheet may take a cell that begins so for a formula, and run it."""
_PARTS = re.compile(r"[;,|\n]")
_WIDTH = re.compile(r"[;,\t]")
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class Unreadable(Exception):
    """The file as a whole cannot be read; the message says why, and what to do."""


@dataclass(frozen=True)
class Row:
    """One row of the file: what would become of it, or what is wrong with it."""

    line: int
    name: str
    action: str
    """``add``, ``change`` or ``same``; ``wrong`` where there are problems."""
    number: int | None = None
    content: dict[str, Any] = field(default_factory=dict)
    changes: tuple[tuple[str, str, str], ...] = ()
    """What it is called, what stands now, what would stand there."""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What an import of one file would do."""

    rows: list[Row]
    notes: list[str]

    def having(self, action: str) -> list[Row]:
        return [row for row in self.rows if row.action == action]

    @property
    def to_add(self) -> list[Row]:
        return self.having("add")

    @property
    def to_change(self) -> list[Row]:
        return self.having("change")

    @property
    def same(self) -> list[Row]:
        return self.having("same")

    @property
    def wrong(self) -> list[Row]:
        return self.having("wrong")

    @property
    def can_be_done(self) -> bool:
        return not self.wrong and bool(self.to_add or self.to_change)

    @property
    def digest(self) -> str:
        """The same plan has the same one; it differs when the list has changed meanwhile."""
        said = [(row.action, row.number, row.content, row.changes) for row in self.rows]
        return sha256(repr(said).encode()).hexdigest()


def write(organisations: Iterable[Organisation]) -> str:
    """With a mark at the beginning by which spreadsheets know that it is UTF-8."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in organisations:
        writer.writerow(
            _harmless(cell)
            for cell in (
                str(one.pk),
                one.name,
                "; ".join(map(str, one.places)),
                one.address.replace("\r\n", "\n"),
                one.website,
                "; ".join(one.languages),
                "yes" if one.is_shown else "no",
            )
        )
    return "\ufeff" + file.getvalue()


def decode(data: bytes) -> tuple[str, list[str]]:
    """The text of a file in any of the encodings that spreadsheets save, and what to know of it."""
    if len(data) > MAX_BYTES:
        raise Unreadable(
            _("This file is larger than one megabyte, far more than a list of organizations needs.")
        )
    if data.startswith((_ZIP, _OLD_EXCEL)):
        raise Unreadable(
            _("This is a workbook. In your spreadsheet program, save it as CSV, and choose that.")
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16"), []
    if b"\x00" in data:
        raise Unreadable(_("This is not a text file. Please choose a CSV file."))
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        note = _("The file is not in UTF-8, so we read it as Windows text. Please check accents.")
        return _decoded(data, "cp1252"), [note]


def plan(text: str) -> Plan:
    """What an import would do with this text."""
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise Unreadable(_("This file is empty."))
    if "\x00" in text:
        raise Unreadable(_("This is not a text file. Please choose a CSV file."))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        header = [cell.strip().lower() for cell in next(reader)]
        notes = _check_header(header)
        # The line on which each row begins: a cell may hold several lines.
        numbered, begins = [], reader.line_num + 1
        for cells in reader:
            numbered.append((begins, cells))
            begins = reader.line_num + 1
            if len(numbered) > MAX_ROWS:
                raise Unreadable(_("This file has more than %(limit)s rows.") % {"limit": MAX_ROWS})
    except (csv.Error, StopIteration) as error:
        raise Unreadable(
            _("Line %(line)s cannot be read: a quotation mark is missing or out of place there.")
            % {"line": reader.line_num}
        ) from error
    there = list(Organisation.objects.with_places())
    reading = _Reading(there, header)
    rows = [reading.row(line, cells) for line, cells in numbered if any(map(str.strip, cells))]
    if not rows:
        raise Unreadable(_("There is a line of titles, but no organization below it."))
    return Plan(rows, notes)


class _Reading:
    """One pass over the rows of a file, which knows the list and the rows before."""

    def __init__(self, there: list[Organisation], header: list[str]) -> None:
        self.by_number = {one.pk: one for one in there}
        self.by_name = {one.name.casefold(): one for one in there}
        self.header = header
        self.lines: dict[str, int] = {}
        """Where a name stood first in this file."""
        self.numbers: dict[int, int] = {}

    def row(self, line: int, cells: list[str]) -> Row:
        said = dict(zip(self.header, map(_plain, cells), strict=False))
        problems: list[str] = []
        if len(cells) > len(self.header) and any(map(str.strip, cells[len(self.header) :])):
            problems.append(_("This row has more cells than there are titles."))
        known = self._known(said, problems)
        content = self._content(said, known, problems)
        name = content["name"]
        self._check_twice(line, name, known, problems)
        if not problems:
            problems += _problems_of(content, known)
        number = known.pk if known else None
        if problems:
            return Row(line, name, "wrong", number, problems=tuple(problems))
        if known is None:
            return Row(line, name, "add", None, content)
        changes = tuple(_changes(known.content(), content))
        return Row(line, name, "change" if changes else "same", number, content, changes)

    def _known(self, said: dict[str, str], problems: list[str]) -> Organisation | None:
        """By its number, where the file has one; else by its name."""
        number = said.get("number", "")
        by_name = self.by_name.get(" ".join(said.get("name", "").split()).casefold())
        if not number:
            return by_name
        known = None
        if number.isascii() and number.isdecimal() and len(number) < 19:
            known = self.by_number.get(int(number))
        if known is None:
            problems.append(
                _("No organization here has the number %(number)s. Leave it empty for a new one.")
                % {"number": number[:20]}
            )
        elif by_name is not None and by_name.pk != known.pk:
            problems.append(_("Another organization in the list has this name."))
        return known

    def _content(
        self, said: dict[str, str], known: Organisation | None, problems: list[str]
    ) -> dict[str, Any]:
        """A column that the file does not have leaves what is there."""
        content: dict[str, Any] = (
            known.content()
            if known
            else {"name": "", "places": [], "address": "", "website": "", "languages": [],
                  "is_shown": True}
        )  # fmt: skip
        content["name"] = " ".join(said.get("name", "").split())
        content["places"] = _places(said.get("places", ""), problems)
        if "address" in said:
            content["address"] = "\n".join(_lines_of(said["address"]))
        if "website" in said:
            website = said["website"]
            is_bare = website and "://" not in website and ":" not in website
            content["website"] = f"https://{website}" if is_bare else website
        if "languages" in said:
            content["languages"] = _spoken(said["languages"], problems)
        if "shown" in said:
            word = said["shown"].casefold()
            if word not in _YES | _NO:
                problems.append(_("In the column “shown”, please write yes or no."))
            content["is_shown"] = word not in _NO
        return content

    def _check_twice(
        self, line: int, name: str, known: Organisation | None, problems: list[str]
    ) -> None:
        earlier = self.lines.setdefault(name.casefold(), line)
        if known is not None:
            earlier = min(earlier, self.numbers.setdefault(known.pk, line))
        if name and earlier != line:
            problems.append(
                _("This organization stands on line %(line)s as well.") % {"line": earlier}
            )


def _problems_of(content: dict[str, Any], known: Organisation | None) -> Iterator[str]:
    """What the list itself would refuse, with the name of the column."""
    fields = {name: value for name, value in content.items() if name != "places"}
    candidate = Organisation(pk=known.pk if known else None, **fields)
    try:
        # Whether the name is free is known already.
        candidate.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            yield from (f"{field_label(name)}: {message}" for message in messages)
    if not content["address"] and not content["website"]:
        yield _("Please write an address or a website, or both.")


def _changes(now: dict[str, Any], then: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name in now:
        if now[name] != then[name]:
            yield field_label(name), shown_value(name, now[name]), shown_value(name, then[name])


def field_label(name: str) -> str:
    """What a part of an organisation's entry is called."""
    if name == "places":
        return _("States and countries")
    field = cast("Field[Any, Any]", Organisation._meta.get_field(name))
    return capfirst(str(field.verbose_name))


def shown_value(name: str, value: Any) -> str:
    """In words, for a person who looks at a change."""
    if name == "places":
        return ", ".join(map(str, places.by_name(value)))
    if name == "languages":
        return ", ".join(map(language_name, value))
    if name == "is_shown":
        return _("yes") if value else _("no")
    return ", ".join(_lines_of(value))


def _check_header(header: list[str]) -> list[str]:
    missing = [name for name in _REQUIRED if name not in header]
    if missing:
        raise Unreadable(
            _(
                "The first line names the columns, and %(missing)s is not among them. "
                "The columns are: %(columns)s."
            )
            % {"missing": ", ".join(missing), "columns": ", ".join(COLUMNS)}
        )
    twice = {name for name in header if name and header.count(name) > 1}
    if twice:
        raise Unreadable(
            _("Two columns have the same title: %(names)s.") % {"names": ", ".join(sorted(twice))}
        )
    others = [name for name in header if name and name not in COLUMNS]
    if not others:
        return []
    return [_("These columns are left out: %(names)s.") % {"names": ", ".join(others)}]


def _places(words: str, problems: list[str]) -> list[str]:
    found, unknown = places.parse(words)
    if unknown:
        problems.append(
            _("We do not know this state or country: %(words)s.") % {"words": ", ".join(unknown)}
        )
    elif not found:
        problems.append(_("Please name at least one state or country in the column “places”."))
    return found


def _spoken(words: str, problems: list[str]) -> list[str]:
    names = {code: code for code in SPOKEN}
    names |= {language_name(code).casefold(): code for code in SPOKEN}
    found, unknown = [], []
    for part in filter(None, (part.strip().casefold() for part in _PARTS.split(words))):
        code = names.get(part)
        if code is None:
            unknown.append(part[:40])
        elif code not in found:
            found.append(code)
    if unknown:
        problems.append(
            _("We do not know this language: %(words)s. Please write one of these: %(known)s.")
            % {"words": ", ".join(unknown), "known": ", ".join(SPOKEN)}
        )
    return found


def _lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _harmless(cell: str) -> str:
    """An apostrophe before it tells a spreadsheet that this is text; reading takes it away."""
    return f"'{cell}" if cell.startswith(_RISKY) else cell


def _plain(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_RISKY) else cell


def _delimiter(text: str) -> str:
    """Whichever parts the titles: a spreadsheet takes the sign of its own country."""
    found = _WIDTH.findall(text.lstrip().partition("\n")[0])
    return max(",;\t", key=found.count)


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            _("We cannot read the letters of this file. Please save it as CSV in UTF-8.")
        ) from error
