"""The rules by which two titles are one topic: a table of named functions, narrow ones first. No ratio is among them.

Each function brings a title to a form, and builds on the one before; titles with one form are one topic.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from graph.datafiles import words
from graph.titles import is_numeronym, normal_form, plain_form, spelled_form, without_numbering

Acronyms = Mapping[str, str]
"""What the documents say that acronyms stand for: "TDD" -> "Test-driven development"."""

MAX_PRODUCT_WORDS = 3

_CODE = re.compile(r"([A-Za-z]{2,5})[ -]?(\d{2,4}[A-Za-z]?)")
_CODE_TITLE = re.compile(r"([A-Z]{2,5}[ -]?\d{2,4}[A-Z]?)\s*[:–—-]\s+\S")
_BRACKET = re.compile(r"(.+?)\s*[(\[]([^()\[\]]{2,80})[)\]]\s*")
_DASH = re.compile(r"(.+?)(?:\s+[–—-]\s+|:\s+)(.+)")
_TOKEN = re.compile(r"[^\W\d_][\w&/]*")
_BREAKS = re.compile(r"[\s/&-]+")
_LISTED = re.compile(r"\s+and\s+|\s*,\s*(?:and\s+)?|\s*&\s*")
_SMALL = frozenset({"a", "an", "and", "as", "by", "for", "in", "of", "on", "or", "the", "to", "with"})
_GERUND = re.compile(r"[a-z]{2,}ing", re.IGNORECASE)
_MIN_CAPITALS = 2
_MAX_ACRONYM = 10


class Level(NamedTuple):
    """One rule."""

    name: str
    """What a mention says it was recognised by."""
    form: Callable[[str, Acronyms], str]


class Definition(NamedTuple):
    """A place that says what an acronym stands for."""

    acronym: str
    expansion: str
    whole: bool
    """True when the title is nothing but the expansion: the acronym is then a name of the topic itself."""


def recognised_by(title: str, other: str, acronyms: Acronyms) -> str | None:
    """Name of the first rule by which two titles are one; None when none of them says so."""
    return next((level.name for level in LEVELS if level.form(title, acronyms) == level.form(other, acronyms)), None)


def widest_form(title: str, acronyms: Acronyms) -> str:
    """The form of the last rule: what all ways to write a title have in common.

    >>> widest_form("AWS S3", {}), widest_form("Data structures and algorithms", {})
    ('S3', 'algorithm and data structure')
    """
    return LEVELS[-1].form(title, acronyms)


@lru_cache(maxsize=65536)
def defined_in(title: str) -> Definition | None:
    """The acronym that a title explains, in brackets or behind a dash, either way round.

    >>> defined_in("TDD — Test-driven development")
    Definition(acronym='TDD', expansion='Test-driven development', whole=True)
    """
    bare = without_numbering(title)
    found = _BRACKET.fullmatch(bare) or _DASH.fullmatch(bare)
    if found is None:
        return None
    return defines(found[2], found[1]) or defines(found[1], found[2])


def defines(acronym: str, text: str) -> Definition | None:
    """Whether an acronym stands for a text or for its last words."""
    acronym, text = acronym.strip(), text.strip()
    letters = "".join(each for each in acronym if each.isalpha())
    if not _is_acronym(acronym, letters):
        return Definition(acronym, text, whole=True) if is_numeronym(acronym, text) else None
    parts = [part for part in text.split() if part]
    folded = letters.casefold().removesuffix("s") if acronym.endswith("s") else letters.casefold()
    for start in range(len(parts) - 1, -1, -1):
        expansion = " ".join(parts[start:])
        if parts[start].casefold() not in _SMALL and _stands_for(folded, _BREAKS.split(expansion.casefold())):
            return Definition(acronym.removesuffix("s"), expansion, whole=start == 0)
    return None


def acronyms_of(texts: Iterable[tuple[str, tuple[str, ...]]]) -> Acronyms:
    """The acronyms that titles explain, themselves or by an alias; one that stands for two things is left out."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for title, aliases in texts:
        given = [defined_in(title), *(defines(alias, title) for alias in aliases)]
        for each in given:
            if each is not None:
                found[each.acronym].setdefault(normal_form(each.expansion), each.expansion)
    return {acronym: next(iter(forms.values())) for acronym, forms in found.items() if len(forms) == 1}


def course_code(title: str) -> str | None:
    """The code in front of a title ("CS 101: Programming"); None when there is none."""
    found = _CODE_TITLE.match(title)
    return found[1] if found else None


def short_form(title: str) -> tuple[str, str] | None:
    """A title and what a dash or colon adds to it ("JOINs — Connecting tables"); None when nothing does."""
    found = _DASH.fullmatch(without_numbering(title))
    return (found[1].strip(), found[2].strip()) if found else None


def is_gloss(text: str) -> bool:
    """Whether the words behind a dash only explain what stands before it, and name no part of it."""
    parts = text.split()
    head = parts[0].casefold() if parts else ""
    return len(parts) > 1 and (head in words("titles")["gloss_heads"] or _GERUND.fullmatch(head) is not None)


def _exact(title: str, _: Acronyms) -> str:
    return " ".join(unicodedata.normalize("NFKC", title).split())


def _punctuation(title: str, _: Acronyms) -> str:
    return _code(title) or plain_form(title)


def _spelling(title: str, _: Acronyms) -> str:
    return _code(title) or spelled_form(plain_form(title), title)


def _bracketed(title: str, _: Acronyms) -> str:
    return _code(title) or normal_form(_explained(title))


def _vendor(title: str, acronyms: Acronyms) -> str:
    bare = _without_vendor(_explained(title))
    return _bracketed(title, acronyms) if bare is None else _code(bare) or normal_form(bare)


def _acronym(title: str, acronyms: Acronyms) -> str:
    bare = _without_vendor(_explained(title)) or _explained(title)
    written = _TOKEN.sub(lambda found: _expanded(found[0], acronyms), bare) if acronyms else bare
    return _vendor(title, acronyms) if written == bare else normal_form(written)


def _word_order(title: str, acronyms: Acronyms) -> str:
    """Things that are only listed are the same in another order; nothing else may change places."""
    form = _acronym(title, acronyms)
    if " and " not in form:
        return form
    listed = [part for part in _LISTED.split(form) if part]
    return " and ".join(sorted(listed)) if len(listed) > 1 else form


LEVELS: tuple[Level, ...] = (
    Level("exact", _exact),
    Level("punctuation", _punctuation),
    Level("spelling", _spelling),
    Level("bracketed-acronym", _bracketed),
    Level("vendor-prefix", _vendor),
    Level("acronym", _acronym),
    Level("word-order", _word_order),
)
ALIAS = "alias"
"""A document says that it is another name."""
SHORT_FORM = "short-form"
"""What stands before a dash, where only one title begins so."""


def _code(title: str) -> str | None:
    """A course code in one way of writing: CS101 of "cs-101"; None for other titles."""
    code = _CODE.fullmatch(title.strip())
    return (code[1] + code[2]).upper() if code else None


def _explained(title: str) -> str:
    found = defined_in(title)
    return found.expansion if found is not None and found.whole else title


def _is_acronym(acronym: str, letters: str) -> bool:
    capitals = sum(each.isupper() for each in letters)
    return capitals >= _MIN_CAPITALS and len(acronym) <= _MAX_ACRONYM and " " not in acronym


def _stands_for(letters: str, parts: list[str]) -> bool:
    """Whether letters are made of pieces, one from each word, each beginning with the word's first letter."""
    if not parts:
        return not letters
    if not parts[0]:
        return _stands_for(letters, parts[1:])
    if parts[0] in _SMALL and _stands_for(letters, parts[1:]):
        return True
    if not letters or letters[0] != parts[0][0]:
        return False
    waiting, taken = iter(parts[0]), 0
    for letter in letters:
        if letter not in waiting:
            break
        taken += 1
    return any(_stands_for(letters[size:], parts[1:]) for size in range(1, taken + 1))


def _expanded(token: str, acronyms: Acronyms) -> str:
    return acronyms.get(token) or acronyms.get(token.removesuffix("s")) or token


def _without_vendor(title: str) -> str | None:
    """The title without the vendor before its product; None when it has none."""
    parts = without_numbering(title).split()
    products = _products().get(parts[0].casefold()) if len(parts) > 1 else None
    if products is None:
        return None
    for size in range(min(MAX_PRODUCT_WORDS, len(parts) - 1), 0, -1):
        product = products.get(" ".join(parts[1 : size + 1]).casefold())
        if product is not None:
            return " ".join([product, *parts[size + 1 :]])
    return None


@cache
def _products() -> Mapping[str, Mapping[str, str]]:
    return {
        name.casefold(): {product.casefold(): product for product in vendor["products"]}
        for vendor in words("titles")["vendors"]
        for name in vendor["names"]
    }
