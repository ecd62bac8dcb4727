"""Titles: when two of them are the same, and what id they get.

Normal forms and aliases only; no ratio of similarity ever makes two titles one.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache, lru_cache

from graph.datafiles import words

CASE_MATTERS_UP_TO = 4
"""Letters of a title up to which another case is another thing: Go and go, REST and Rest."""
MIN_PLURAL = 3
"""Words of up to so many letters are never taken for plurals."""

_NUMBERING = re.compile(
    r"^\s*(?:\d{1,3}(?:\.\d{1,3}){0,3}\s*[.)·:\-–—]\s+|\d{1,3}(?:\.\d{1,3}){1,3}\s+|[(]?[a-z0-9][.)]\s+)", re.IGNORECASE
)
_CHAPTER = re.compile(r"^\s*(?:chapter|ch\.?|lesson|unit)\s+\d{1,3}\s*[.:·\-–—]?\s+(?=\S)", re.IGNORECASE)
_DOTS = re.compile(r"\.(?!\w)")
_SPACES = re.compile(r"[\s_/-]+")
_NO_ASCII_LETTERS = re.compile(r"[^0-9a-z]+")
_SLUG_BREAKS = re.compile(r"-{2,}")
_EMOJI_MARKS = frozenset(map(chr, (*range(0xFE00, 0xFE10), 0x20E3)))
_IN_TITLES = frozenset("+#/&.-_ ")
_NUMERONYM = re.compile(r"([a-z])(\d{1,2})([a-z])")
_NONE: frozenset[int] = frozenset()
MAX_WITH_ACRONYM = 300
"""Signs of a title that are looked at for an acronym of it."""
_BRACKETED = re.compile(r"\s*[(\[]([^()\[\]]{2,12})[)\]]")


@lru_cache(maxsize=65536)
def normal_form(title: str) -> str:
    """What two ways of writing one title have in common; never empty unless the title is.

    Numbering, emoji, punctuation and bracketed acronyms go; case folds unless it matters; "&" is "and"; British and
    American spellings and plurals meet.

    >>> normal_form("1. CI/CD Pipelines") == normal_form("CI-CD pipeline")
    True
    >>> normal_form("Go") == normal_form("go")
    False
    >>> normal_form("Data Structures & Algorithms")
    'data structure and algorithm'
    """
    return spelled_form(
        _without_acronym(_without_signs(without_numbering(unicodedata.normalize("NFKC", title)))), title
    )


def plain_form(title: str) -> str:
    """The title without numbering, emoji, punctuation and case; its words as they are spelled.

    >>> plain_form("1. Hash-Tables!")
    'hash tables'
    """
    bare = _bare(_without_signs(without_numbering(unicodedata.normalize("NFKC", title))))
    return bare if case_matters(bare) else bare.casefold()


def spelled_form(text: str, title: str = "") -> str:
    """The words of a text in one spelling and in the singular; of the title when the text has none.

    >>> spelled_form("Caches & Colors")
    'cache and colour'
    """
    bare = _bare(text)
    if not bare:
        return unicodedata.normalize("NFKC", title or text).strip().casefold()
    if case_matters(bare):
        return _singular(bare)
    return " ".join(_word(_one_acronym(word).casefold()) for word in bare.split())


def case_matters(title: str) -> bool:
    """Whether another case would be another thing."""
    letters = sum(character.isalpha() for character in title)
    return (" " not in title and letters <= CASE_MATTERS_UP_TO) or title in _case_list()


def folded_form(title: str) -> str:
    """The normal form without regard to case: what a person who types a title is helped by."""
    return normal_form(title).casefold()


def slug(title: str) -> str:
    """An id made of the title's letters and digits, in lower case; a hash of the title when it has none.

    >>> slug("C++"), slug("Docker Compose"), slug("Über Größe")
    ('c-plus-plus', 'docker-compose', 'über-grösse')
    """
    text = unicodedata.normalize("NFKC", title).strip().casefold()
    table = words("titles")["slugs"]
    text = " ".join(table.get(word, word) for word in text.split())
    letters = text.replace("'", "").replace("’", "")
    if letters.isascii():
        made = _NO_ASCII_LETTERS.sub("-", letters).strip("-")
    else:
        made = _SLUG_BREAKS.sub("-", "".join(each if is_letter(each) else "-" for each in letters)).strip("-")
    return made or "t" + hashlib.sha256(text.encode()).hexdigest()[:10]


def without_numbering(title: str) -> str:
    """The title without "1.", "01 ·" or "Chapter 3:" in front; unchanged when nothing else would be left."""
    rest = _CHAPTER.sub("", _NUMBERING.sub("", title, count=1), count=1).strip()
    return rest or title.strip()


def bracketed_acronym(title: str) -> str | None:
    """The acronym that a title gives of itself: "TDD" of "Test-Driven Development (TDD)"; None when there is none.

    >>> bracketed_acronym("Test-Driven Development (TDD)")
    'TDD'
    >>> bracketed_acronym("Graph databases (Neo4j)") is None
    True
    """
    # A search that begins at every space takes the square of their number.
    for found in _BRACKETED.finditer(title[:MAX_WITH_ACRONYM]):
        before = re.split(r"[\s/-]+", title[: found.start()].strip())
        letters = [character for character in found[1] if character.isalpha()]
        initials = "".join(word[0] for word in before if word and word[0].isalpha()).casefold()
        acronym = "".join(letters).casefold().removesuffix("s")
        capitals = sum(character.isupper() for character in letters)
        if len(acronym) > 1 and capitals > 1 and _subsequence(acronym, initials):
            return found[1].strip()
        if before and is_numeronym(found[1].strip(), before[-1]):
            return found[1].strip()
    return None


def is_numeronym(short: str, word: str) -> bool:
    """Whether a word is shortened by counting its letters.

    >>> is_numeronym("K8s", "Kubernetes"), is_numeronym("i18n", "Internationalization"), is_numeronym("B2B", "Bulb")
    (True, True, False)
    """
    found = _NUMERONYM.fullmatch(short.casefold())
    folded = word.casefold()
    return found is not None and (folded[:1], len(folded) - 2, folded[-1:]) == (found[1], int(found[2]), found[3])


def never_same(one: str, other: str) -> bool:
    """Whether the data list says that two titles are two things, or differ only by such words.

    >>> never_same("Java", "JavaScript"), never_same("Java threads", "JavaScript threads"), never_same("Go", "Rust")
    (True, True, False)
    """
    left, right = normal_form(one), normal_form(other)
    groups = _never()
    if groups.get(left, _NONE) & groups.get(right, _NONE) and left != right:
        return True
    words_left, words_right = left.casefold().split(), right.casefold().split()
    only_left = " ".join(word for word in words_left if word not in words_right)
    only_right = " ".join(word for word in words_right if word not in words_left)
    return bool(_folded_never().get(only_left, _NONE) & _folded_never().get(only_right, _NONE))


def never_groups(form: str) -> frozenset[int]:
    """Numbers of the groups of the never list that a normal form stands in."""
    return _never().get(form, _NONE)


def is_generic(title: str) -> bool:
    """Whether a title says too little to be one topic across documents: Basics, Patterns, Testing."""
    return normal_form(title) in _generic_forms()


def _without_acronym(title: str) -> str:
    acronym = bracketed_acronym(title)
    return re.sub(r"\s*[(\[]" + re.escape(acronym) + r"\s*[)\]]", "", title) if acronym else title


def _bare(text: str) -> str:
    """Letters, digits and the signs that belong to titles, single spaces between."""
    text = text.replace("&", " and ").replace("’", "").replace("'", "")
    return _SPACES.sub(
        " ", _DOTS.sub(" ", "".join(each if is_letter(each) or each in _IN_TITLES else " " for each in text))
    ).strip()


def _subsequence(acronym: str, initials: str) -> bool:
    waiting = iter(initials)
    return all(letter in waiting for letter in acronym)


def _without_signs(text: str) -> str:
    """Emoji, arrows and other symbols as spaces; + # / & and letters of all scripts stay."""
    return "".join(" " if _is_sign(character) else character for character in text)


def is_letter(character: str) -> bool:
    """Whether it belongs to a word: a letter, a digit, or a mark of a script whose vowels and tones are marks.

    Marks that only choose how an emoji is drawn are none.
    """
    if character.isalnum():
        return True
    return unicodedata.category(character) in {"Mn", "Mc"} and character not in _EMOJI_MARKS


def _is_sign(character: str) -> bool:
    if is_letter(character) or character in "+#/&.'’-–—()[] ":
        return False
    return unicodedata.category(character) in {"So", "Sk", "Cf", "Co", "Cn", "Mn", "Me"} or character in "→←•·★☆✓✔✗"


def _word(word: str) -> str:
    word = _spelling().get(word, word)
    one = _singular(word) if word.isalpha() else word
    return _spelling().get(one, one)


def _one_acronym(word: str) -> str:
    """Without the s of "APIs"; in lower case its plural would look like "analysis"."""
    return word[:-1] if len(word) >= MIN_PLURAL and word.endswith("s") and word[:-1].isupper() else word


def _singular(word: str) -> str:
    """One form for singular and plural; need not be English, only the same for both."""
    word = _one_acronym(word)
    lower = word.casefold()
    if len(word) <= MIN_PLURAL:
        return word
    if lower.endswith("ies") and len(word) > MIN_PLURAL + 1:
        return word[:-3] + "y"
    if lower.endswith("s") and not lower.endswith(("ss", "us", "is", "as", "os", "ics")):
        word = word[:-1]
    return word[:-1] if word.casefold().endswith(("che", "she", "xe", "ze", "sse")) else word


@cache
def _spelling() -> dict[str, str]:
    return dict(words("titles")["spellings"])


@cache
def _case_list() -> frozenset[str]:
    return frozenset(words("titles")["case_matters"])


@cache
def _generic_forms() -> frozenset[str]:
    return frozenset(normal_form(title) for title in words("titles")["generic"])


@cache
def _never() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, group in enumerate(words("titles")["never"]):
        for title in group:
            found.setdefault(normal_form(title), set()).add(number)
    return {form: frozenset(numbers) for form, numbers in found.items()}


@cache
def _folded_never() -> dict[str, frozenset[int]]:
    found: dict[str, frozenset[int]] = {}
    for form, numbers in _never().items():
        found[form.casefold()] = found.get(form.casefold(), _NONE) | numbers
    return found
