"""What plain text states: field lines, labels behind a title, sentences about stages and chapters."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.parsers.draft import Claim, Draft, Piece
from ingest.parsers.fields import REQUIREMENT_KINDS, STRENGTH_OF, heading_field
from ingest.parsers.inline import Wiki, target_words
from ingest.parsers.known import End
from ingest.parsers.numbers import references
from ingest.parsers.phases import PhaseName
from ingest.parsers.plain_page import Line, Page, requirement_label, values_below
from ingest.parsers.plain_picks import ordinal_stage
from ingest.parsers.plain_sentences import entered_in, finished_in, learned_in
from ingest.parsers.plain_values import objects_in, requirements_in, values_in
from ingest.parsers.references import assumed_in, earlier_in, gate_in, onward_in
from ingest.parsers.resolve import EACH_BEFORE_NEXT, SENTENCE_CONFIDENCE
from ingest.parsers.sentences import each_before_next, sentences_of

_NUMBERED = frozenset({"chapter", "unit", "lesson", "lecture", "course", "topic"})
"""What a sentence calls a topic; any other word for "this" is the stage."""


def read_claims(page: Page, draft: Draft) -> None:
    """Collect what the lines state; who states it is the topic or stage last met."""
    owners = _owners(draft)
    phases = {phase.line: stage.end for phase, stage in zip(draft.phases, draft.stages, strict=True)}
    tabled = {claim.pieces[0].line_start for claim in draft.claims}
    owner: End | None = None
    phase: End | None = None
    for at, line in enumerate(page.lines):
        number = line.number
        phase = phases.get(number, phase)
        owner = owners.get(number, phases.get(number, owner))
        if number in tabled or line.kind in {"noise", "value"} or (line.kind == "code" and not _is_row(line)):
            continue
        draft.claims.extend(_field_claims(page, at, owner, phase, named=number in owners or number in phases))
        if line.kind == "field":
            continue
        draft.claims.extend(_sentence_claims(line, owner, phase))
        _gate(line.raw, number, phase, draft)
        draft.claims.extend(_entry_claims(line, phase, draft))
        _onward(line.raw, number, owner, draft)


def _owners(draft: Draft) -> dict[int, End]:
    """Line -> the topic that stands in it; of several in one line none owns what follows."""
    found: dict[int, list[End]] = {}
    for topic in draft.topics:
        found.setdefault(topic.line, []).append(End(topic.kind, topic.id, topic.title))
    stages = {phase.line for phase in draft.phases}
    return {line: ends[0] for line, ends in found.items() if len(ends) == 1 and line not in stages}


def _is_row(line: Line) -> bool:
    return line.raw.lstrip().startswith("|")


def _field_claims(page: Page, at: int, owner: End | None, phase: End | None, *, named: bool) -> Iterator[Claim]:
    line = page.lines[at]
    text, number = line.raw.strip(), line.number
    if _is_row(line):
        label, _, value = text.strip("| ").partition("|")
        text = f"{label.strip()}: {value.strip()}" if "|" not in value else ""
    if line.kind == "field" and requirement_label(line.text) is not None:
        yield from _values_below(page, at, owner)
        return
    if not named and not (line.kind == "field" or _is_row(line)):
        return
    head, values = values_in(line.text if not _is_row(line) else text)
    if head.strip() and not named:
        # A label inside a sentence says nothing about whom it concerns.
        values = ()
    for said in requirements_in(values):
        pieces = tuple(Piece(each, number, line.last, line.raw.strip()) for each in objects_in(said.value))
        if pieces:
            whose = _whose(said.value, owner, phase) if not named else owner
            yield Claim(whose, pieces, "field-line", STRENGTH_OF[said.kind], said.choice)


def _values_below(page: Page, at: int, owner: End | None) -> Iterator[Claim]:
    line = page.lines[at]
    field = heading_field(requirement_label(line.text) or "")
    below = values_below(page.lines, at)
    if field is None or field.kind not in REQUIREMENT_KINDS or not below:
        return
    pieces = tuple(
        Piece(
            each,
            line.number,
            page.lines[near].last,
            "\n".join(page.source[line.number - 1 : page.lines[near].last]),
        )
        for near in below
        for each in objects_in(page.lines[near].text)
    )
    if pieces:
        yield Claim(owner, pieces, "field-lines", STRENGTH_OF[field.kind], field.choice)


def _whose(value: str, owner: End | None, phase: End | None) -> End | None:
    """A field that names stages is the stage's, wherever in it the field stands."""
    read = references(value)
    if read is None or phase is None or phase.id is None:
        return owner
    return phase if read[0][0].kind in phase.id.split("-")[:1] else owner


def _sentence_claims(line: Line, owner: End | None, phase: End | None) -> Iterator[Claim]:
    text, number = _unwrapped(line), line.number
    assumed = assumed_in(text)
    if assumed is not None:
        pieces = tuple(Piece(ref.text, number, line.last, _quote(assumed.quote, line)) for ref in assumed.references)
        whose = owner if assumed.owner in {"chapter", "unit"} else phase or owner
        yield Claim(whose, pieces, "assumes", confidence=SENTENCE_CONFIDENCE)
    for earlier in (*earlier_in(text), *learned_in(text)):
        pieces = tuple(Piece(ref.text, number, line.last, _quote(earlier.quote, line)) for ref in earlier.references)
        yield Claim(owner, pieces, "earlier-chapter", confidence=SENTENCE_CONFIDENCE)
    for finished in finished_in(text) if assumed is None else ():
        pieces = tuple(Piece(ref.text, number, line.last, _quote(finished.quote, line)) for ref in finished.references)
        whose = owner if finished.owner in _owned_by_topic(phase) else phase or owner
        yield Claim(whose, pieces, "finish-first", confidence=SENTENCE_CONFIDENCE)
    order = each_before_next(text)
    if order is not None:
        yield Claim(
            None,
            (Piece(order.kind, number, line.last, _quote(order.quote, line)),),
            EACH_BEFORE_NEXT,
            confidence=SENTENCE_CONFIDENCE,
        )
    for sentence in sentences_of(text):
        piece = Piece(sentence.objects, number, line.last, _quote(sentence.quote, line))
        yield Claim(owner, (piece,), "sentence", confidence=SENTENCE_CONFIDENCE, sentence=sentence)


def _unwrapped(line: Line) -> str:
    """A line as written; one that is wrapped over several without their breaks."""
    return " ".join(line.raw.split()) if line.last > line.number else line.raw


def _quote(words: str, line: Line) -> str:
    """What stands in the source: of wrapped lines all of it."""
    return line.raw.strip() if line.last > line.number else words


def _owned_by_topic(phase: End | None) -> frozenset[str]:
    """What a sentence calls a topic here: where units are the stages, "this unit" is no topic."""
    return frozenset({"", *_NUMBERED}) - {phase.id.partition("-")[0] if phase is not None and phase.id else "-"}


def _entry_claims(line: Line, phase: End | None, draft: Draft) -> Iterator[Claim]:
    """Read "No one enters the second year before the first year is completed": both are stages of this document."""
    for later, earlier, quote in entered_in(_unwrapped(line)):
        this = phase if later.casefold().startswith("this ") else None
        owner, first = this or _stage_called(later, draft), _stage_called(earlier, draft)
        if owner is not None and first is not None and owner != first:
            yield Claim(
                owner,
                (Piece(first.title, line.number, line.last, _quote(quote, line)),),
                "enter-after",
                "hard",
                0,
                SENTENCE_CONFIDENCE,
            )


def _stage_called(words: str, draft: Draft) -> End | None:
    """The stage that "the second year", "Year 2" or its title means."""
    form = words.casefold().removeprefix("the ").strip(" .,")
    ordinal, read = ordinal_stage(form), references(form)
    number = (
        (ordinal.kind, ordinal.first) if ordinal is not None else (read[0][0].kind, read[0][0].number) if read else None
    )
    for stage in draft.stages:
        numbered = number == (stage.kind, stage.first)
        if numbered or stage.end.title.casefold() == form:
            return stage.end
    return None


def _gate(line: str, number: int, phase: End | None, draft: Draft) -> None:
    """Read "Before moving to Phase 8, you must ...": the next stage requires this one."""
    gate = gate_in(line)
    if gate is None or phase is None:
        return
    kind, wanted, quote = gate
    stage = next((each for each in draft.stages if each.kind == kind and each.first == wanted), None)
    if stage is None:
        label = f"{kind.capitalize()} {wanted}"
        draft.phase(PhaseName(label, label, kind, wanted, wanted), number, None)
        stage = draft.stages[-1]
    draft.claims.append(
        Claim(stage.end, (Piece(phase.title, number, number, quote),), "gate", confidence=SENTENCE_CONFIDENCE)
    )


def _onward(line: str, number: int, owner: End | None, draft: Draft) -> None:
    """Read "Before moving on to [[x]]": x requires this page; a page that is not here cannot say so."""
    if owner is None or "[[" not in line:
        return
    links, quote = onward_in(line)
    for link in links:
        topic = _topic_of(link, draft)
        if topic is not None:
            piece = Piece(owner.title, number, number, quote)
            draft.claims.append(Claim(topic, (piece,), "before-moving-on", confidence=SENTENCE_CONFIDENCE))


def _topic_of(link: Wiki, draft: Draft) -> End | None:
    """The only topic whose title has all words of a link's target."""
    words = set(target_words(link.target).casefold().split())
    found = [topic for topic in draft.topics if words and words <= set(topic.title.casefold().split())]
    return End(found[0].kind, found[0].id, found[0].title) if len(found) == 1 else None
