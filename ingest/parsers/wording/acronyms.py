"""Acronyms in brackets behind what they stand for, or in front of it."""

from __future__ import annotations

import re

_ACRONYM = re.compile(r"^[A-Z][A-Za-z0-9/&.-]{0,8}[A-Z0-9]s?$|^[A-Z]{2,}$")
_SMALL = frozenset({"a", "an", "and", "as", "at", "by", "for", "in", "of", "on", "or", "the", "to", "vs", "with", "&"})


def take_acronym(text: str) -> tuple[str, tuple[str, ...]]:
    """(title, its two names) of "Test-Driven Development (TDD)"; without them when the bracket says something else."""
    head, opening, rest = text.rstrip().rpartition("(")
    inside = rest.removesuffix(")").strip()
    if not opening or not rest.endswith(")") or not head.strip():
        return text, ()
    title = head.strip()
    if _ACRONYM.match(inside) and _stands_for(inside, title):
        return text, (title, inside)
    if _ACRONYM.match(title) and _stands_for(title, inside):
        return text, (title, inside)
    return text, ()


def _stands_for(acronym: str, title: str) -> bool:
    letters = "".join(char for char in acronym.removesuffix("s").casefold() if char.isalnum())
    parts = [part for part in re.split(r"[\s/\u2010-\u2014-]+", title.casefold()) if part[:1].isalnum()]
    at = 0
    for part in parts:
        # A small word may have its letter or not: SCOBY, "symbiotic culture of bacteria and yeast".
        if letters[at : at + 1] == part[0]:
            at += 1
        elif part not in _SMALL:
            return False
    return at == len(letters)
