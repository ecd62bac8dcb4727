"""Plain values of a thing's fields: hours, weeks, links, other names."""

from __future__ import annotations

from ingest.parsers.data_files.tree import Node
from ingest.parsers.data_files.words import fields_of, key_words
from ingest.parsers.wording.durations import hours_of, number_of, weeks_of
from ingest.parsers.wording.inline import Link
from ingest.parsers.wording.resources import resources_of
from ingest.reading import ReadResource

Fields = dict[str, tuple[Node, Node]]
MAX_LINKS = 200
_CODES = frozenset(
    {"code", "course code", "module code", "subject code", "course number", "código", "codigo", "kürzel"}
)
MAX_BARE = 120
"""A duration beyond it without a unit counts minutes or seconds."""
MAX_HOURS = 100_000.0


def text_in(fields: Fields, kind: str) -> str:
    """The text of a field, empty when it has none."""
    return fields[kind][1].text.strip() if kind in fields and fields[kind][1].kind == "text" else ""


def key_of(fields: Fields) -> str:
    """The id of a thing as written, empty when it has none."""
    return text_in(fields, "id")


def hours_in(fields: Fields) -> float | None:
    """Hours of effort; a bare number is hours unless its key says minutes. A number beyond all measure is none."""
    found = _hours(fields)
    return found if found is not None and found <= MAX_HOURS else None


def _hours(fields: Fields) -> float | None:
    if "effort" in fields:
        key, value = fields["effort"]
        if value.kind == "map":
            parts = {key_words(name.text): each.text for name, each in value.pairs}
            return number_of(parts.get("hours", "")) if "hours" in parts else None
        # "time: 3 weeks" says no hours; "duration: 40" under a key like that does, "duration: 431" counts seconds.
        said = number_of(value.text) if "week" not in key_words(key.text) else None
        bare = said is not None and said > MAX_BARE and value.text.strip().isdecimal()
        return None if bare and key_words(key.text) in {"duration", "time"} else said
    minutes = text_in(fields, "minutes")
    found = number_of(minutes) if minutes.replace(".", "", 1).isdecimal() else hours_of(minutes)
    return round(found / 60, 2) if found is not None and minutes.replace(".", "", 1).isdecimal() else found


def weeks_in(fields: Fields) -> tuple[float, float] | None:
    """(least, most) weeks of a phase."""
    weeks = text_in(fields, "weeks")
    if weeks:
        span = number_of(weeks)
        low, _, high = weeks.replace("\u2013", "-").partition("-")
        if span is not None and low.strip().isdecimal() and high.strip().isdecimal():
            return float(low), float(high)
        return (span, span) if span is not None else weeks_of(weeks)
    return weeks_of(text_in(fields, "effort"))


def aliases_of(fields: Fields) -> tuple[str, ...]:
    """Other names of a thing; the code of a course is one."""
    value = fields["aliases"][1] if "aliases" in fields else None
    texts = [] if value is None else [each.text for each in (value.items if value.kind == "list" else [value])]
    if "id" in fields and key_words(fields["id"][0].text) in _CODES and any(map(str.isalpha, key_of(fields))):
        texts.insert(0, key_of(fields))
    return tuple(" ".join(text.split()) for text in texts if text.strip())


def resources_in(fields: Fields) -> tuple[ReadResource, ...]:
    """The links of a thing: addresses, or maps with an address and a title."""
    if "resources" not in fields:
        return ()
    value = fields["resources"][1]
    entries = value.items if value.kind == "list" else [value]
    return resources_of(link for each in entries[:MAX_LINKS] for link in _links(each))


def _links(node: Node) -> list[Link]:
    if node.kind == "text":
        return [Link(node.text.strip(), "", 0)]
    if node.kind == "list":
        return []
    fields = fields_of(node)
    if text_in(fields, "resources"):
        return [Link(text_in(fields, "resources"), text_in(fields, "title"), 0)]
    return [Link(each.text.strip(), key.text, 0) for key, each in node.pairs if each.kind == "text"]
