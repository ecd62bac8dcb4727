"""Answers about short texts that are asked for again and again: kept for the next time, a bounded number of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

_Answer = TypeVar("_Answer")
_forget: list[Callable[[], None]] = []


def remembering(longest: int, most: int) -> Callable[[Callable[[str], _Answer]], Callable[[str], _Answer]]:
    """Keep what a function of one text returns.

    Args:
        longest: signs of a text whose answer is kept; longer ones would take the room of a document.
        most: answers that are kept.
    """

    def decorate(answer: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
        kept = lru_cache(maxsize=most)(answer)
        _forget.append(kept.cache_clear)

        @wraps(answer)
        def asked(text: str) -> _Answer:
            return kept(text) if len(text) <= longest else answer(text)

        return asked

    return decorate


def forget_all() -> None:
    """Forget every answer, as in a fresh process."""
    for forget in _forget:
        forget()
