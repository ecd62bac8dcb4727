"""`topics`, `show` and `why` as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.present import Look, count, hours, listed, table
from app.views import LinkView, MergedView, ReceiptView, TopicRow, TopicView, WhyView

SHOWN_AS: Mapping[str, str] = {
    "known": "known",
    "assumed": "assumed known",
    "skipped": "skipped",
    "learning": "learning",
    "goal": "goal",
    "ready": "ready",
    "step": "later",
    "locked": "locked",
    "planned": "planned",
    "external": "outside your documents",
}
"""How a topic stands for the learner -> what is printed."""
VERDICTS: Mapping[str, str] = {
    "accepted": "{topic} requires {requires}.",
    "soft": "{requires} helps with {topic}; it is not required.",
    "proposed": "{topic} may require {requires}: inferred, not accepted by anybody yet, and no part of a plan.",
    "choice": "{requires} is one way to meet a requirement of {topic}.",
    "indirect": "{topic} requires {requires} by way of others:",
    "none": "{topic} does not require {requires}, as far as your documents say.",
}


def topics_text(rows: Sequence[TopicRow], look: Look) -> str:
    """A table: title, state, hours, roadmaps."""
    cells = [(row.title, SHOWN_AS[row.shown_as], hours(row.effort_hours), ", ".join(row.roadmaps)) for row in rows]
    return table(cells, ("Topic", "State", "Hours", "Roadmaps"), right=frozenset({2}), look=look)


def merged_text(view: MergedView, look: Look) -> str:
    """Which titles became one, and which are perhaps the same."""
    paragraphs = []
    if view.merged:
        lines = [look.bold(count(len(view.merged), "topic is", "topics are") + " written in several ways")]
        for topic in view.merged:
            rows = [(topic.title, "", listed(topic.documents, shown=3))]
            rows += [(f"= {each.title}", each.rule, listed(each.documents, shown=3)) for each in topic.others]
            lines += ["", table(rows, look=look)]
        paragraphs.append("\n".join(lines))
    if view.perhaps:
        rows = [(f"{each.title} ~ {each.other_title}", each.text, f"{each.score:.2f}") for each in view.perhaps]
        paragraphs.append("\n".join([look.bold("Perhaps the same"), "", table(rows, look=look)]))
    return "\n\n".join(paragraphs)


def topic_text(view: TopicView, look: Look) -> str:
    """Everything about one topic, in paragraphs."""
    paragraphs = ["\n".join([look.bold(view.title), *_facts(view, look)])]
    if view.summary:
        paragraphs.append(look.prose(view.summary))
    paragraphs += _links(view, look)
    paragraphs += _places(view, look)
    return "\n\n".join(paragraphs)


def why_text(view: WhyView, titles: Mapping[str, str], look: Look) -> str:
    """The verdict, the reason, and each receipt; or the chain."""
    sentence = VERDICTS[view.status].format(topic=titles[view.topic], requires=titles[view.requires])
    lines = [look.bold(sentence)]
    if view.reason:
        lines += ["", look.prose(view.reason, "  ")]
    if view.status == "indirect":
        lines += ["", look.prose(" → ".join(titles[node] for node in view.chain), "  ")]
    for receipt in view.claims:
        lines += ["", f"  {place(receipt.path, receipt.line_start, receipt.line_end)}"]
        lines += [f"    {line}" for line in f"“{receipt.quote}”".split("\n")]
        lines.append(look.dim(f"    {receipt.origin}, rule {receipt.rule}, confidence {receipt.confidence:g}"))
    if view.confidence is not None and [view.confidence] != [receipt.confidence for receipt in view.claims]:
        lines += ["", f"  confidence {view.confidence:g} over {count(len(view.claims), 'claim')}"]
    return "\n".join(lines)


def place(path: str, line_start: int, line_end: int) -> str:
    """`path:12` or `path:12-14`."""
    return f"{path}:{line_start}" + (f"-{line_end}" if line_end > line_start else "")


def _facts(view: TopicView, look: Look) -> Iterator[str]:
    state = SHOWN_AS[view.shown_as]
    if view.assumed_from:
        state += f", because you know {view.assumed_from}"
    step = f"step {view.step} of your path" if view.step else ""
    goal = "your goal" if view.is_goal and view.shown_as != "goal" else ""
    yield " · ".join(part for part in (state, goal, step, hours(view.effort_hours), look.dim(view.id)) if part)
    where = [", ".join(titles) for titles in (view.roadmaps, view.phases) if titles]
    if where:
        yield look.dim(" · ".join(where))
    if view.aliases:
        yield look.dim(f"also: {listed(view.aliases, shown=8)}")


def _links(view: TopicView, look: Look) -> Iterator[str]:
    yield from _section("Needs", _rows(view.needs), look)
    for choice in view.choices:
        options = [
            (("→ " if o.id in choice.taken else "  ") + title, *rest) for o, (title, *rest) in _rows(choice.options)
        ]
        number = "one" if choice.min == 1 else str(choice.min)
        yield _paragraph(f"Needs {number} of (→ on today's path)", options, look)
    soft = [link for link in view.helped_by if link.strength != "proposed"]
    proposed = [link for link in view.helped_by if link.strength == "proposed"]
    yield from _section("Helped by", _rows(soft), look)
    yield from _section("May need (inferred, not accepted)", _rows(proposed), look)
    yield from _section("Unlocks", _rows(view.unlocks), look)
    yield from _section("Parts", _rows(view.parts), look)
    yield from _section("Part of", _rows(view.part_of), look)
    if view.advice:
        yield _paragraph("Its phases ask", [(text,) for text in view.advice], look)


def _places(view: TopicView, look: Look) -> Iterator[str]:
    mentions = [(place(each.path, each.line_start, each.line_end), each.text) for each in view.mentions]
    if mentions:
        yield _paragraph("Stands in", mentions, look)
    if view.resources:
        yield _paragraph("To learn it", [(each.title, each.url) for each in view.resources], look)


def _section(title: str, rows: Iterable[tuple[LinkView, tuple[str, ...]]], look: Look) -> Iterator[str]:
    cells = [row for _, row in rows]
    if cells:
        yield _paragraph(title, cells, look)


def _rows(links: Iterable[LinkView]) -> list[tuple[LinkView, tuple[str, ...]]]:
    return [(link, (link.title, SHOWN_AS[link.shown_as], _evidence(link.receipts, link.reason))) for link in links]


def _evidence(receipts: Sequence[ReceiptView], reason: str) -> str:
    firsts = [f"{place(each.path, each.line_start, each.line_end)} “{each.quote}”" for each in receipts[:1]]
    more = f"(and {len(receipts) - 1} more)" if len(receipts) > 1 else ""
    reason = "" if receipts and reason in receipts[0].quote else reason
    said = [f"{reason} ·" if reason and firsts else reason]
    return " ".join(part for part in (*said, *firsts, more) if part)


def _paragraph(title: str, rows: Sequence[Sequence[str]], look: Look) -> str:
    inner = Look(look.colour, look.width - 2 if look.width else None)
    lines = table(rows, look=inner).split("\n")
    return "\n".join([look.bold(title), *(f"  {line}" for line in lines)])
