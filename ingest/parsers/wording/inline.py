"""One run of Markdown text: its plain words, bold lead and links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from markdown_it.token import Token

_MAX_BEFORE_LEAD = 16
"""Signs before bold words that are still the beginning: a box, a number, an emoji."""
_LETTER = re.compile(r"[^\W\d_]")
_REMARK = re.compile(r"\s*(?:[(\[\u2013\u2014:,-]|[a-z])")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_WIKILINK = re.compile(r"!?\[\[([^\[\]|#\n]*)(#[^\[\]|\n]*)?(?:\|([^\[\]\n]*))?\]\]")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_TAG = re.compile(r"<[^<>]*>")
_MARKS = re.compile(r"\*\*|__(?=\w)|(?<=\w)__|[*`]|~~")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!~|<>-])")
_NO_MARKUP = r"[^\\`*_\[<&~\n]"
_PLAIN = re.compile(rf"{_NO_MARKUP}*")
"""Without one of these signs, Markdown is the text that it is written as."""
_BOLD_FIRST = re.compile(rf"\*\*([^\W_]{_NO_MARKUP}*)(?<!\s)\*\*(?:(?<=[^\W_]\*\*)|(?= |$))({_NO_MARKUP}*)")
_HAS_MARKS = re.compile(r"[*_`\[<\\~]")


_TAGS = frozenset({"optional", "recommended", "required", "bonus", "planned", "coming soon", "wip", "tbd"})
"""Words in code that are a tag of a title, as if they stood in brackets."""


class Link(NamedTuple):
    """A link of the text."""

    url: str
    text: str
    start: int
    """Where its text begins in the plain text."""


@dataclass(frozen=True, slots=True)
class Inline:
    """The words of a heading, paragraph, bullet or cell."""

    source: bytes
    """`raw` in UTF-8, nothing where it is the text: read once a topic at most, it takes less room so."""
    text: str
    """Without markup; wikilinks stay as written, line breaks too."""
    lead_end: int = 0
    """Where the bold words end that the text begins with; 0 when there are none."""
    links: tuple[Link, ...] = ()

    @property
    def raw(self) -> str:
        """As written, markup included, lines without their indentation."""
        return self.source.decode("utf-8", "surrogatepass") if self.source else self.text


def words(raw: str, text: str, lead_end: int = 0, links: tuple[Link, ...] = ()) -> Inline:
    """Words as they are written and without markup."""
    return Inline(raw.encode("utf-8", "surrogatepass") if raw != text else b"", text, lead_end, links)


EMPTY = words("", "")


class Wiki(NamedTuple):
    """A wikilink: `[[target#part|shown]]`."""

    target: str
    shown: str
    part: str = ""
    """With its #."""


def is_simple(raw: str) -> bool:
    """Whether Markdown is nothing but words, or bold words with others behind them: it is read without markdown-it."""
    return (_BOLD_FIRST if raw.startswith("**") else _PLAIN).fullmatch(raw) is not None


def inline_of(token: Token) -> Inline:
    """Read an inline token of markdown-it; simple ones need no children."""
    children, raw = token.children, token.content
    if not children:
        bold = _BOLD_FIRST.fullmatch(raw) if raw.startswith("**") else None
        return words(raw, bold[1] + bold[2], len(bold[1])) if bold is not None else Inline(b"", raw)
    if len(children) == 1 and children[0].type == "text":
        return words(raw, children[0].content)
    parts: list[str] = []
    links: list[Link] = []
    size = lead_end = 0
    in_lead = struck = False
    gone: int | None = None
    opened: tuple[str, int, int] | None = None
    for child in children:
        kind = child.type
        piece = "" if struck else _piece(child)
        if piece:
            parts.append(piece)
            size += len(piece)
        elif kind == "strong_open" and not lead_end and size <= _MAX_BEFORE_LEAD:
            in_lead = not _LETTER.search("".join(parts).replace("[x]", "").replace("[X]", ""))
        elif kind == "strong_close" and in_lead:
            lead_end, in_lead = size, False
        elif kind in {"s_open", "s_close"}:
            # What is struck out is given up, unless a box says that it is done.
            gone = _struck_from(gone, parts, size) if kind == "s_open" else gone
            struck = kind == "s_open" and not "".join(parts[:1]).startswith(("[x]", "[X]"))
        elif kind == "link_open":
            opened = (str(child.attrs.get("href", "")), size, len(parts))
        elif kind == "link_close" and opened is not None:
            links.append(Link(opened[0], "".join(parts[opened[2] :]), opened[1]))
            opened = None
    return _without_remark(words(raw, "".join(parts), lead_end, tuple(links)), gone)


def _struck_from(gone: int | None, parts: list[str], size: int) -> int | None:
    """Where words are struck out that nothing but a box stands in front of."""
    box = not _LETTER.search("".join(parts).replace("[x]", "").replace("[X]", ""))
    return size if gone is None and box and not "".join(parts[:1]).startswith(("[x]", "[X]")) else gone


def _without_remark(inline: Inline, gone: int | None) -> Inline:
    """Nothing of "~~Guitar~~ moved to another course": behind a title that is given up it is only said why."""
    if gone is None or not _REMARK.match(inline.text[gone:]):
        return inline
    return words(inline.raw, inline.text[:gone], min(inline.lead_end, gone))


def _piece(child: Token) -> str:
    if child.type == "text":
        return child.content
    if child.type == "code_inline":
        return f"({child.content})" if child.content.casefold() in _TAGS else child.content
    if child.type in {"softbreak", "hardbreak"}:
        return "\n"
    return " " if child.type == "html_inline" and _BREAK.match(child.content) else ""


def plain(raw: str) -> str:
    """A piece of Markdown without markup, near enough for comparing; wikilinks become what they show."""
    if not _HAS_MARKS.search(raw):
        return raw
    raw = _LINK.sub(r"\1", wiki_shown(raw))
    return _ESCAPE.sub(r"\1", _MARKS.sub("", _TAG.sub("", raw)))


def wiki_shown(text: str) -> str:
    """The text with each wikilink replaced by the words it shows."""
    return _WIKILINK.sub(lambda found: (found[3] or target_words(found[1])).strip(), text) if "[[" in text else text


def wikilinks(text: str) -> tuple[Wiki, ...]:
    """All wikilinks of a text, embeds left out."""
    if "[[" not in text:
        return ()
    found = (match for match in _WIKILINK.finditer(text) if not match[0].startswith("!"))
    return tuple(Wiki(match[1].strip(), (match[3] or "").strip()) for match in found)


def whole_wikilink(text: str) -> Wiki | None:
    """The wikilink that a text consists of, or None."""
    found = _WIKILINK.fullmatch(text.strip()) if "[[" in text else None
    return Wiki(found[1].strip(), (found[3] or "").strip(), found[2] or "") if found is not None else None


def is_slug(target: str) -> bool:
    """Whether a link's target is a file's name or path: `cs/oop-patterns`; `Model-view-controller` is a title."""
    if " " in target:
        return False
    return "/" in target or target.endswith(".md") or (("-" in target or "_" in target) and target.islower())


def target_words(target: str) -> str:
    """A target as words: `cs/oop-patterns` -> `oop patterns`; a title stays."""
    if not is_slug(target):
        return target.strip()
    name = target.rstrip("/").rpartition("/")[2].removesuffix(".md")
    return name.replace("-", " ").replace("_", " ").strip()
