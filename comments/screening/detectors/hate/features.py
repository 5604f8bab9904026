"""What the linear model sees of a text: words, pieces of words, and the classes words belong to.

Training and screening share this module, so the model always meets what it was trained on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from zlib import crc32

LEXICON = Path(__file__).with_name("lexicon.txt")

QUOTED = "\u2045"
"""Stands for a quotation, and before a quoted word."""
REACH = 5
"""How many words apart two classes may stand to follow one another."""

_TOKEN = re.compile(r"\u2045?[a-z0-9]+(?:['*@$!][a-z0-9]+)*|[^\s\w]|\w+")
_WORD = re.compile(r"[^\W_]+(?:['*@$!][^\W_]+)*")
_QUOTATION = re.compile(r'(?<![\w"])"[^"\n]{1,400}"(?!\w)')
_SPACED = re.compile(r"(?<![a-z0-9])(?:[a-z0-9@$!*][ .\-_*]{1,2}){3,}[a-z0-9](?![a-z0-9])")
_REPEATED = re.compile(r"([a-z])\1{2,}")
_URL = re.compile(r"(?:https?://|www\.)\S+")
_HANDLE = re.compile(r"(?<!\w)@\w+")
_LEET = str.maketrans("013457@$!", "oieastasi")
_NOT_LETTERS = re.compile(r"[^a-z]")
_ODD = re.compile(r"[0-9*@$!]")


@cache
def _lexicon() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Whole words and beginnings of words, each with the classes it belongs to."""
    words: dict[str, list[str]] = {}
    stems: dict[str, list[str]] = {}
    section = ""
    for line in LEXICON.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif not line.startswith("#"):
            for word in line.split():
                place = stems if word.endswith("*") else words
                place.setdefault(word.rstrip("*"), []).append(section)
    return (
        {word: tuple(classes) for word, classes in words.items()},
        {stem: tuple(classes) for stem, classes in stems.items()},
    )


@lru_cache(maxsize=8192)
def classes(word: str) -> tuple[str, ...]:
    """The lexicon classes of a plain lower-case word."""
    words, stems = _lexicon()
    found = set(words.get(word, ()))
    for length in range(3, len(word) + 1):
        found.update(stems.get(word[:length], ()))
    return tuple(sorted(found))


@lru_cache(maxsize=1)
def _slurs() -> tuple[str, ...]:
    words, stems = _lexicon()
    return tuple(word for source in (words, stems) for word in source if "slur" in source[word])


@lru_cache(maxsize=8192)
def plain_word(word: str) -> str:
    """A word as its writer meant it: digits for letters and stars for letters undone."""
    if not _ODD.search(word) or word.isdigit():
        return _REPEATED.sub(r"\1\1", word)
    if "*" in word and len(word) > 3:
        pattern = re.compile(re.escape(word.translate(_LEET)).replace(r"\*", "[a-z]"))
        for slur in _slurs():
            for form in (slur, slur + "s"):
                if pattern.fullmatch(form):
                    return form
    letters = word.translate(_LEET)
    return letters if classes(letters) and not _NOT_LETTERS.search(letters) else word


def _unaccented(text: str) -> str:
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn")


def tokens(folded: str) -> list[str]:
    """Plain lower-case words and single marks of a folded text.

    What somebody else said is not what the writer says: a quoted passage becomes one mark,
    and a quoted word keeps its quotation mark, so that it belongs to no class.
    """
    text = _unaccented(folded.lower())
    text = _HANDLE.sub(" user ", _URL.sub(" ", text))
    text = _SPACED.sub(lambda run: re.sub(r"[ .\-_*]", "", run.group()), text)
    if '"' in text:
        text = _without_quotations(text)
    return [plain_word(token) for token in _TOKEN.findall(text)]


def _without_quotations(text: str) -> str:
    unquoted = _QUOTATION.sub(_mark, text)
    said_by_the_writer = len(_WORD.findall(unquoted.replace(QUOTED, "")))
    return unquoted if said_by_the_writer >= 3 else text


def _mark(quotation: re.Match[str]) -> str:
    words: list[str] = _WORD.findall(quotation.group())
    return "".join(f" {QUOTED}{word} " for word in words) if len(words) < 3 else f" {QUOTED} "


@lru_cache(maxsize=8192)
def _pieces(word: str) -> tuple[int, ...]:
    """Hashes of a word and of its pieces, the same wherever the word stands."""
    names = [f"w {word}"]
    if not word.startswith(QUOTED):
        padded = f"<{word}>"
        for size in (3, 4, 5):
            names += [padded[at : at + size] for at in range(len(padded) - size + 1)]
    return tuple(crc32(name.encode("utf-8", "replace")) for name in names)


def pieces(words: list[str]) -> set[int]:
    """Unsigned 32-bit hashes of the words, pairs of words and pieces of words of one text."""
    found: set[int] = set()
    for word in words:
        found.update(_pieces(word))
    encoded = [word.encode("utf-8", "replace") for word in words]
    for first, second in pairwise(encoded):
        found.add(crc32(b"b " + first + b" " + second))
    return found


def patterns(words: list[str]) -> set[str]:
    """Which classes stand in one text, stand there together, follow another, and which turns."""
    placed = [(at, kinds) for at, kinds in enumerate(map(classes, words)) if kinds]
    present = sorted({kind for _, kinds in placed for kind in kinds})
    found = set(present)
    for at, kind in enumerate(present):
        found.update(f"{kind} & {other}" for other in present[at + 1 :])
    for (here, before), (there, after) in pairwise(placed):
        if there - here <= REACH:
            found.update(f"{kind} > {other}" for kind in before for other in after)
    for at, kinds in placed:
        if GROUPS.intersection(kinds):
            found.update(_said_of_a_group(words, at))
    line = " ".join(words)
    found.update(f"turn: {name}" for name, turn in _TURNS.items() if turn.search(line))
    return found


def _said_of_a_group(words: list[str], at: int) -> Iterator[str]:
    """Turns around the word for a group at ``at``: what it is said to be, what to do to it."""
    if _EVERY.intersection(words[max(0, at - 2) : at]):
        yield "turn: every one of a group"
    before = {kind for word in words[max(0, at - 5) : at] for kind in classes(word)}
    if before & {"violence", "expel"} and not before & {"self", "report"}:
        yield "turn: do that to a group"
    if _BEARERS.intersection(words[max(0, at - 3) : at]):
        yield "turn: writer's own group"
    if before & {"report"}:
        yield "turn: report before a group"
    denied = False
    for word in words[at + 1 : at + 9]:
        kinds = classes(word)
        denied = denied or "negation" in kinds or "report" in kinds
        if word in _STOPS:
            break
        if "vermin" in kinds or "crime" in kinds:
            yield "turn: denied of a group" if denied else "turn: said of a group"
            break


GROUPS = frozenset(
    {"race", "religion", "immigrant", "gender", "trans", "sexuality", "disability", "slur"}
)
_EVERY = frozenset(
    {"all", "every", "each", "any", "no", "never", "these", "those"}
    | {"todos", "todas", "esos", "esas", "estos"}
)
_BEARERS = frozenset(
    {"i'm", "im", "am", "as", "my", "our", "we", "we're", "us"}
    | {"soy", "somos", "mi", "mis", "nuestros", "nuestra"}
)
_STOPS = frozenset(".;?!")
_DO = (
    r"(?:round|lock|ship|send|deport|kick|throw|gas|shoot|hang|burn|castrate|sterili[sz]e|drown"
    r"|exterminate|expel|fence|quarantine|cull|sink|bomb|ban|machine gun|put|fry|keep)"
)
_TURNS = {
    name: re.compile(turn)
    for name, turn in {
        "kind": r"\b(?:his|her|their|its|your|that|this|one's|whole) ?(?:own )?"
        r"(?:kind|kinds|breed|sort|ilk|tribe|race|demographic|stock)\b",
        "those people": r"\b(?:those|these|such|certain) (?:people|creatures|types|animals"
        r"|countries"
        r"|demographic|tribe|races|cultures)\b|\b(?:certain|some) (?:demographic|tribe|races)\b",
        "by nature": r"\bin (?:the|their|his|its) (?:blood|genes|nature|dna)\b|\bby nature\b"
        r"|\bhow they(?: are|'re) (?:made|born|bred)\b|\bfrom the cradle\b|\bdesde la cuna\b"
        r"|\b(?:they|it)(?:'s| is| are|'re) (?:just |simply )?what they (?:do|are)\b"
        r"|\bthey can't help it\b|\b(?:they|kind|women|blacks?) (?:are|were|was|aren't) made for\b",
        "do it to all": rf"\b{_DO} (?:\w+ )?(?:them|em|all|every|each|the lot|the boats"
        rf"|the rest)\b",
        "hacerlo a todos": r"\bque l[oa]s \w+(?:n|en|an)\b|\b\w+[aei]rl[oa]s a tod[oa]s\b"
        r"|\bal paredon\b|\bson (?:unos |unas |todos |todas )*(?:ratas|animales|basura|plaga"
        r"|escoria|bestias|ladrones|cucarachas|viboras|delincuentes|enfermos|mentirosas)\b",
        "not human": r"\b(?:not|nothing|isn't|aren't|hardly|no|less than)(?: \w+)? (?:human|people"
        r"|gente|humanos|humanas)\b|\bsubhuman",
        "code": r"\bday of the rope\b|\bearly life\b|\bechoes\b|\( \( \(|\bgreat replacement\b"
        r"|\bfinal solution\b|\b(?:hitler|adolf) (?:was|had|should)\b|\bgas (?:chamber|the)\b",
        "not racist but": r"\b(?:not|no) (?:a )?racist,? but\b|\bcan't say (?:so|it|that)\b"
        r"|\blet's be honest\b|\bsay what we(?:'re| are) all\b",
        "go home": r"\b(?:back|go) (?:to|home)(?: \w+)? (?:country|countries|desert|africa|mexico"
        r"|where|home)\b|\bsend (?:him|her|them|it) (?:all )?(?:back|home)\b",
        "quoted": QUOTED,
        "question": r"\?",
        "i am one": r"\b(?:i'm|im|i am|as) an? (?:\w+ ){0,3}(?:man|woman|person|muslim|jew"
        r"|christian"
        r"|catholic|hindu|sikh|dyke|queer|gay|lesbian|immigrant|black|white|feminist)\b",
        "called that": r"\b(?:called|calling|call|calls)\b.{0,30}\b(?:him|her|me|us|them|people)\b"
        r"|\b(?:whoever|someone|somebody|anyone) (?:who )?(?:typed|wrote|said|says|used|called)\b"
        r"|\bthe (?:comment|remark|reply|word|post) (?:above|from|about|that)\b",
    }.items()
}
