"""What plain text says of the pages that come next: "before moving on to [[cs/oop-patterns]]"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ingest.parsers.outline.draft import Claim, Draft, Piece
from ingest.parsers.outline.resolve import SENTENCE_CONFIDENCE
from ingest.parsers.plain_text.page import Line
from ingest.parsers.wording.fields import STRENGTH_OF
from ingest.parsers.wording.inline import Wiki, target_words
from ingest.parsers.wording.known import End
from ingest.parsers.wording.references import onward_in
from ingest.reading import ReadTopic

MAX_LINKS, MAX_TARGET = 100, 200
"""What a line is looked at for: more links, or topics with one word in common, name nothing in particular."""


def topics_by_word(draft: Draft) -> Mapping[str, Sequence[ReadTopic]]:
    """Each word of the titles -> the topics that have it."""
    found: dict[str, list[ReadTopic]] = {}
    for topic in draft.topics:
        for word in set(topic.title.casefold().split()):
            found.setdefault(word, []).append(topic)
    return found


def onward_claims(line: Line, owner: End | None, called: Mapping[str, Sequence[ReadTopic]]) -> Iterator[Claim]:
    """Read "Before moving on to [[x]]": x requires this page; a page that is not here cannot say so."""
    if owner is None or "[[" not in line.raw:
        return
    for said in onward_in(line.raw):
        strength = STRENGTH_OF["helpful" if said.soft else "requires"]
        piece = Piece(owner.title, line.number, line.last, said.quote)
        for link in said.links[:MAX_LINKS]:
            topic = _topic_of(link, called)
            if topic is not None and topic != owner:
                yield Claim(topic, (piece,), "before-moving-on", strength, confidence=SENTENCE_CONFIDENCE)


def _topic_of(link: Wiki, called: Mapping[str, Sequence[ReadTopic]]) -> End | None:
    """The only topic whose title has all words of a link's target."""
    words = set(target_words(link.target[:MAX_TARGET]).casefold().split())
    rarest = min((called.get(word, ()) for word in words), key=len, default=())
    if len(rarest) > MAX_LINKS:
        return None
    found = [topic for topic in rarest if words <= set(topic.title.casefold().split())]
    return End(found[0].kind, found[0].id, found[0].title) if len(found) == 1 else None
