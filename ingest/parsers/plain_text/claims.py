"""What plain text states: field lines, labels behind a title, sentences about stages and chapters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from ingest.parsers.outline.draft import Claim, Draft, Piece
from ingest.parsers.outline.resolve import EACH_BEFORE_NEXT, SENTENCE_CONFIDENCE
from ingest.parsers.plain_text.onward import onward_claims, topics_by_word
from ingest.parsers.plain_text.page import Line, Page, requirement_label, values_below
from ingest.parsers.plain_text.picks import ordinal_stage
from ingest.parsers.plain_text.sentences import (
    bracketed_in,
    depends_in,
    entered_in,
    finished_in,
    first_in,
    gate_in,
    learned_in,
)
from ingest.parsers.plain_text.values import (
    CODE,
    each_counted,
    helpful_in,
    objects_in,
    requirements_in,
    values_in,
    with_own_department,
)
from ingest.parsers.wording.fields import REQUIREMENT_KINDS, STRENGTH_OF, heading_field
from ingest.parsers.wording.known import End
from ingest.parsers.wording.numbers import all_kinds, any_of, first_word, references
from ingest.parsers.wording.phases import PhaseName
from ingest.parsers.wording.references import assumed_in, earlier_in
from ingest.parsers.wording.sentences import THIS, Sentence, each_before_next, sentences_of

_APART = re.compile(r";\s[^;]{1,80}?\s(?:is|are|can|may|requires?|depends?|builds?|needs?)\s", re.IGNORECASE)
_NUMBERS = re.compile(r"^#?\d{1,2}(?:\s?(?:,|and|&|\+)\s?#?\d{1,2}){0,20}$")
_NUMBERED = frozenset({"chapter", "unit", "lesson", "lecture", "course", "topic"})
"""What a sentence calls a topic; any other word for "this" is the stage."""


def read_claims(page: Page, draft: Draft, *, fields: bool = True) -> None:
    """Collect what the lines state; who states it is the topic or stage last met.

    Args:
        page: the document.
        draft: has the topics and stages, and takes the claims.
        fields: nobody else has read the fields and plain sentences.
    """
    owners = _owners(draft)
    codes = _codes(draft)
    numbers = _numbers(draft)
    called = topics_by_word(draft)
    counts = _counts(draft)
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
        if fields:
            draft.claims.extend(
                _said_plainly(page, at, owner, phase, codes, named=number in owners or number in phases)
            )
        if line.kind == "field":
            continue
        draft.claims.extend(_sentence_claims(line, owner, phase, plain=fields))
        _gate(line, phase, draft)
        draft.claims.extend(_entry_claims(line, phase, draft))
        draft.claims.extend(_depends_claims(line, numbers))
        draft.claims.extend(onward_claims(line, owner, called))
    draft.claims[:] = [_without_bare_numbers(claim, counts) for claim in _with_own_words(draft)]


def _said_plainly(
    page: Page,
    at: int,
    owner: End | None,
    phase: End | None,
    codes: Mapping[str, tuple[str, Collection[str]]],
    *,
    named: bool,
) -> Iterable[Claim]:
    claims = _field_claims(page, at, owner, phase, named=named)
    return _with_codes(claims, codes) if codes else claims


def _with_own_words(draft: Draft) -> list[Claim]:
    """The claims with titles for labels that only this document counts by: "Course 1" -> "Cloud Basics"."""
    titles = {
        phase.label: phase.title
        for phase in draft.phases
        if phase.label != phase.title and first_word(phase.label) not in all_kinds()
    }
    if not titles:
        return draft.claims
    label = re.compile(rf"\b(?:{any_of(list(titles))})(?!\w)")

    def told(text: str) -> str:
        return label.sub(lambda found: titles[found[0]], text)

    return [
        replace(
            claim,
            pieces=tuple(piece._replace(value=told(piece.value)) for piece in claim.pieces),
            sentence=claim.sentence._replace(objects=told(claim.sentence.objects)) if claim.sentence else None,
        )
        for claim in draft.claims
    ]


def _counts(draft: Draft) -> Mapping[str, str]:
    """The number of each topic -> its title, where no two have the same."""
    numbers = [number.rpartition(" ")[2].lstrip("0") for number in draft.numbers]
    often = Counter(numbers)
    return {
        number: topic.title
        for number, topic in zip(numbers, draft.topics, strict=True)
        if number.isdecimal() and often[number] == 1
    }


def _without_bare_numbers(claim: Claim, counts: Mapping[str, str]) -> Claim:
    """A claim whose values are numbers alone, "1 and 3" or "#2", with the titles that have them."""
    pieces = tuple(
        piece._replace(value=", ".join(counts.get(each, each) for each in re.findall(r"\d+", piece.value)))
        if _NUMBERS.match(piece.value)
        else piece
        for piece in claim.pieces
    )
    return replace(claim, pieces=pieces) if pieces != claim.pieces else claim


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
    if not named and not (line.kind in {"field", "prose", "other"} or _is_row(line)):
        return
    head, values = values_in(line.text if not _is_row(line) else text)
    if head.strip() and not named and not line.text.startswith("(") and not _ends_sentence(line.text, head):
        # A label inside a sentence says nothing about whom it concerns.
        values = ()
    for said in requirements_in(values):
        quote = _sentence_of(line, said.value) if head.strip() and not named else line.raw.strip()
        pieces = tuple(Piece(each, number, line.last, quote) for each in objects_in(said.value))
        if pieces:
            whose = _whose(said.value, owner, phase) if not named else owner
            yield Claim(whose, pieces, "field-line", STRENGTH_OF[said.kind], said.choice)


def _sentence_of(line: Line, value: str) -> str:
    """The sentence of a line that holds a value, as written."""
    raw = line.raw.strip()
    at = raw.find(value)
    begin = max(raw.rfind(f"{end} ", 0, at) for end in ".!?") + 1 if at >= 0 and line.last == line.number else 0
    end = raw.find(". ", at + len(value) - 1)
    return raw[begin : end + 1 if begin and end > 0 else len(raw)].strip()


def _ends_sentence(text: str, head: str) -> bool:
    """Whether a label begins a sentence of its own: "Trees and hashing. Prerequisite: Arrays"."""
    return text.startswith(head) and text[len(head.rstrip(".!?")) :].lstrip()[:1] in {".", "!", "?"}


def _codes(draft: Draft) -> Mapping[str, tuple[str, Collection[str]]]:
    """Id of a topic -> its course code, and all codes of the document."""
    own = {topic.id: code for topic in draft.topics if (code := next(filter(CODE.fullmatch, topic.aliases), ""))}
    codes = frozenset(alias for topic in draft.topics if topic.id in own for alias in topic.aliases)
    return {each: (code, codes) for each, code in own.items()}


def _with_codes(claims: Iterable[Claim], codes: Mapping[str, tuple[str, Collection[str]]]) -> Iterator[Claim]:
    """The claims with the bare numbers of a catalogue as its codes."""
    for claim in claims:
        own = codes.get(claim.owner.id or "") if claim.owner is not None else None
        pieces = (
            tuple(each._replace(value=with_own_department(each.value, *own)) for each in claim.pieces) if own else ()
        )
        yield replace(claim, pieces=pieces) if pieces else claim


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


def _sentence_claims(line: Line, owner: End | None, phase: End | None, *, plain: bool) -> Iterator[Claim]:
    text, number = _unwrapped(line), line.number
    assumed = assumed_in(text)
    if assumed is not None:
        quote = _quote(assumed.quote, line)
        pieces = tuple(Piece(ref.text, number, line.last, quote) for ref in bracketed_in(assumed.quote))
        whose = owner if assumed.owner in {"", "chapter", "unit"} else phase or owner
        yield Claim(whose, pieces, "assumes", confidence=SENTENCE_CONFIDENCE)
    for earlier in (*earlier_in(text), *learned_in(text)):
        pieces = tuple(Piece(ref.text, number, line.last, _quote(earlier.quote, line)) for ref in earlier.references)
        yield Claim(owner, pieces, "earlier-chapter", confidence=SENTENCE_CONFIDENCE)
    for finished in finished_in(text):
        if assumed is not None and finished.owner != "stage":
            continue
        pieces = tuple(Piece(ref.text, number, line.last, _quote(finished.quote, line)) for ref in finished.references)
        whose = owner if finished.owner in _owned_by_topic(phase) else phase or owner
        yield Claim(whose, pieces, "finish-first", confidence=SENTENCE_CONFIDENCE)
    yield from _first_claims(line, text, owner)
    if plain:
        yield from _plain_claims(line, text, owner)


def _first_claims(line: Line, text: str, owner: End | None) -> Iterator[Claim]:
    number = line.number
    for objects, quote in first_in(text):
        piece = Piece(objects, number, line.last, _quote(quote, line))
        said = Sentence(THIS, objects, "", colon=False, quote=quote, start=0)
        if not objects.lstrip().startswith("[["):
            yield Claim(owner, (piece,), "first", confidence=SENTENCE_CONFIDENCE, sentence=said)
            continue
        needed, helpful = helpful_in(objects)
        for words, strength in (
            (needed, STRENGTH_OF["requires"]),
            *((each, STRENGTH_OF["helpful"]) for each in helpful),
        ):
            yield Claim(owner, (piece._replace(value=words),), "first", strength, confidence=SENTENCE_CONFIDENCE)


def _plain_claims(line: Line, text: str, owner: End | None) -> Iterator[Claim]:
    """What Markdown is read for as well."""
    number = line.number
    order = each_before_next(text)
    if order is not None:
        yield Claim(
            None,
            (Piece(order.kind, number, line.last, _quote(order.quote, line)),),
            EACH_BEFORE_NEXT,
            confidence=SENTENCE_CONFIDENCE,
        )
    for said in sentences_of(text):
        # "A builds on B; C is optional": what follows the semicolon is said of something else.
        sentence = said._replace(objects=said.objects.partition(";")[0]) if _APART.search(said.objects) else said
        sentence = sentence._replace(objects=each_counted(sentence.objects))
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


def _numbers(draft: Draft) -> Mapping[tuple[str, int], End]:
    """Kind and number -> the topic or stage that is counted so."""
    found: dict[tuple[str, int], End] = {}
    for topic, number in zip(draft.topics, draft.numbers, strict=True):
        read = references(number)
        end = End(topic.kind, topic.id, topic.title)
        if read is not None and not read[1]:
            found.setdefault((read[0][0].kind, read[0][0].number), end)
        elif number.isdecimal():
            found.setdefault(("chapter", int(number)), end)
    for stage in draft.stages:
        found.setdefault((stage.kind, stage.first), stage.end)
    return found


def _depends_claims(line: Line, numbers: Mapping[tuple[str, int], End]) -> Iterator[Claim]:
    """Read "Chapters 5 and 6 depend only on Chapter 4", wherever it stands."""
    for who, what, quote in depends_in(_unwrapped(line)):
        for one in who:
            owner = numbers.get((one.kind, one.number))
            pieces = tuple(Piece(each.text, line.number, line.last, _quote(quote, line)) for each in what)
            if owner is not None:
                yield Claim(owner, pieces, "depends", confidence=SENTENCE_CONFIDENCE)


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


def _gate(line: Line, phase: End | None, draft: Draft) -> None:
    """Read "Before moving to Phase 8, you must ...": the next stage requires this one."""
    gate = gate_in(line.raw) if phase is not None else None
    if gate is None or phase is None:
        return
    at = next((at for at, each in enumerate(draft.stages) if each.end == phase), -1)
    wanted = gate.number or draft.stages[at].first + 1
    stage = next((each for each in draft.stages if each.kind == gate.kind and each.first == wanted), None)
    if stage is None and gate.label:
        draft.phase(PhaseName(gate.label, gate.label, gate.kind, wanted, wanted), line.number, None)
        stage = draft.stages[-1]
    if stage is not None and stage.end != phase:
        piece = Piece(phase.title, line.number, line.last, gate.quote)
        draft.claims.append(Claim(stage.end, (piece,), "gate", confidence=SENTENCE_CONFIDENCE))
