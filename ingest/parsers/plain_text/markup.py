"""Plain text in another markup: org-mode, reStructuredText, AsciiDoc. Its lines as Markdown would write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.parsers.wording.fields import field_of

MIN_HEADINGS = 3
MAX_TITLE = 200
_ORG = re.compile(r"^(\*{1,6})\s+(?:(?:TODO|DONE|NEXT|WAITING|STARTED|LATER|SOMEDAY)\s+)?(?:\[#[A-Z]\]\s+)?(?=\S)")
_ORG_TAGS = re.compile(r"\s+:[\w@:]{1,80}:$")
_ASCIIDOC = re.compile(r"^(={1,6})\s+(?=\S)")
_UNDERLINE = re.compile(r"^([=\-~^\"'*+#`:.])\1{2,}\s*$")
_FIELD = re.compile(r"^\s*:([\w][\w -]{1,40}):\s+(?=\S)")
_DIRECTIVE = re.compile(r"^\s*\.\.\s")
_BULLETS = re.compile(r"^(\*{1,5}|\.{1,5})\s+(?=\S)")
_CAPTION = re.compile(r"^\.(?=[^\W\d_])")
_ATTRIBUTE = re.compile(r"^:[\w!-]{1,40}:(?:\s|$)|^\[[^\[\]]{0,80}\]$|^//")
_FENCE = re.compile(r"^(?:-{4,}|\.{4,}|\+{4,})\s*$")
_DELIMITER = re.compile(r"^(?:={4,}|\*{4,}|_{4,}|-{2})\s*$")
_BLOCK = re.compile(r"^\s*#\+(begin|end)_(?:src|example|export)", re.IGNORECASE)


def as_markdown(lines: Sequence[str]) -> Sequence[str] | None:
    """Each line as Markdown writes it, as many as before; None when the text is in none of these markups."""
    if sum(line.startswith("** ") for line in lines) > 1 and _headings(lines, _ORG) >= MIN_HEADINGS:
        return list(_from_org(lines))
    if _headings(lines, _ASCIIDOC) >= MIN_HEADINGS:
        return list(_from_asciidoc(lines))
    under = _underlined(lines)
    fields = any(line[:1] in ".:" and (_DIRECTIVE.match(line) or _FIELD.match(line)) for line in lines)
    return list(_from_rst(lines, under)) if len(under) >= MIN_HEADINGS and fields else None


def _headings(lines: Sequence[str], form: re.Pattern[str]) -> int:
    return sum(1 for line in lines if form.match(line))


def _field(line: str) -> str:
    """A field of a list or drawer as a line with a label; nothing for those that say nothing about the topic."""
    found = _FIELD.match(line)
    if found is None:
        return line
    text = f"{found[1].capitalize()}: {line[found.end() :]}"
    return text if field_of(text) is not None else ""


def _from_org(lines: Sequence[str]) -> Iterator[str]:
    code = False
    for line in lines:
        found = _ORG.match(line)
        block = _BLOCK.match(line)
        if block is not None:
            code = block[1].casefold() == "begin"
            yield "```"
        elif code:
            yield line
        elif found is not None:
            yield f"{'#' * len(found[1])} {_ORG_TAGS.sub('', line[found.end() :][:MAX_TITLE])}"
        elif line.lstrip().startswith("#+"):
            head, _, title = line.partition(":")
            yield f"# {title.strip()}" if head.casefold() == "#+title" and title.strip() else ""
        elif _FIELD.match(line) or (line.strip().startswith(":") and line.rstrip().endswith(":")):
            yield _field(line) if _FIELD.match(line) else ""
        else:
            yield line if line.lstrip()[:2] in {"- ", "+ "} else line.strip()


def _from_asciidoc(lines: Sequence[str]) -> Iterator[str]:
    code = rule = False
    for at, line in enumerate(lines):
        found = _ASCIIDOC.match(line)
        if _FENCE.match(line):
            code = not code
            yield "```"
        elif code:
            yield line
        elif found is not None:
            yield f"{'#' * len(found[1])} {line[found.end() :]}"
        elif line.startswith("|==="):
            rule = at + 1 < len(lines) and lines[at + 1].startswith("|")
            yield ""
        elif line.startswith("|"):
            yield f"{line.rstrip()} |"
        elif rule and not line.strip() and lines[at - 1].startswith("|"):
            # The empty line below the head of a table.
            rule = False
            yield "|---" * lines[at - 1].count("|") + "|"
        else:
            yield _asciidoc_text(line)


def _asciidoc_text(line: str) -> str:
    if _ATTRIBUTE.match(line) or _DELIMITER.match(line) or line.strip() == "+":
        return ""
    bullet = _BULLETS.match(line)
    if bullet is not None:
        sign = "-" if bullet[1][0] == "*" else "1."
        return f"{'    ' * (len(bullet[1]) - 1)}{sign} {line[bullet.end() :]}"
    return f"{line[1:].rstrip(':')}:" if _CAPTION.match(line) else line


def _underlined(lines: Sequence[str]) -> dict[int, str]:
    """Place of each title with a line of signs below it -> the sign, doubled when one stands above it too."""
    found: dict[int, str] = {}
    for at in range(1, len(lines)):
        line, title = lines[at], lines[at - 1]
        sign = _UNDERLINE.match(line) if line[:1] in "=-~^\"'*+#`:." and len(line) < MAX_TITLE * 2 else None
        if sign is None or not title.strip() or title[0] in " \t" or _UNDERLINE.match(title):
            continue
        if len(line.strip()) + 2 >= len(title.strip()) and (at < 2 or not lines[at - 2].strip() or _over(lines, at)):  # noqa: PLR2004
            found[at - 1] = sign[1] * (1 + _over(lines, at))
    return found


def _over(lines: Sequence[str], at: int) -> bool:
    return at > 1 and lines[at - 2].strip() == lines[at].strip()


def _from_rst(lines: Sequence[str], under: dict[int, str]) -> Iterator[str]:
    order = list(dict.fromkeys(under.values()))
    signs = {at + 1 for at in under} | {at - 1 for at, sign in under.items() if len(sign) > 1}
    hidden = -1
    """How far the words of a directive are indented that are no text."""
    for at, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        if hidden >= 0 and line.strip() and indent <= hidden:
            hidden = -1
        if at in under:
            yield f"{'#' * min(6, order.index(under[at]) + 1)} {line.strip()}"
        elif at in signs or hidden >= 0:
            yield ""
        elif _DIRECTIVE.match(line):
            hidden = indent
            yield ""
        elif line.startswith("#. "):
            yield f"1. {line[3:]}"
        else:
            yield _field(line)
