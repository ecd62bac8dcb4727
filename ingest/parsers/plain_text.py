"""Plain text without markup: pages copied from the web."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from ingest.parsers.draft import Claim, Draft, Piece
from ingest.parsers.fields import REQUIREMENT_KINDS, STRENGTH_OF, Field, field_of
from ingest.parsers.inline import Wiki, target_words
from ingest.parsers.known import End
from ingest.parsers.phases import PhaseName
from ingest.parsers.plain_forms import FORMS
from ingest.parsers.plain_lines import is_code, title_of
from ingest.parsers.references import assumed_in, earlier_in, gate_in, onward_in
from ingest.parsers.resolve import SENTENCE_CONFIDENCE, requirements_of
from ingest.parsers.sentences import sentences_of
from ingest.reading import Reading, ReadProblem, ReadRoadmap, Text

FAMILY = "text"


def detect(_text: Text) -> bool:
    """Every text is at least plain text."""
    return True


def parse(text: Text) -> Reading:
    """Read plain text by the first form that fits; a text in no known form has no topics, and that is said."""
    draft = Draft(text.lines)
    form = next((each for each in FORMS if each.fits(text.lines)), None)
    if form is None:
        message = "no form of a roadmap was recognised in this plain text"
        problem = ReadProblem(
            severity="info", code="no-topics", message=message, hint="write headings and bullets in Markdown"
        )
        return Reading(path=text.path, family=FAMILY, roadmap=ReadRoadmap(title=_title(text)), problems=(problem,))
    form.read(text.lines, draft)
    _claims(text.lines, draft)
    requirements = requirements_of(draft)
    return Reading(
        path=text.path,
        family=FAMILY,
        roadmap=ReadRoadmap(title=_title(text)),
        phases=tuple(draft.phases),
        topics=tuple(draft.topics),
        requirements=requirements,
        problems=tuple(draft.problems),
    )


def _claims(lines: Sequence[str], draft: Draft) -> None:
    topics = {topic.line: End(topic.kind, topic.id, topic.title) for topic in draft.topics}
    phases = {phase.line: stage.end for phase, stage in zip(draft.phases, draft.stages, strict=True)}
    owner = phase = None
    for number, line in enumerate(lines, start=1):
        phase = phases.get(number, phase)
        owner = topics.get(number, phases.get(number, owner))
        if is_code(line) and not line.startswith("|"):
            continue
        draft.claims.extend(_line_claims(line, number, owner, phase))
        _gate(line, number, phase, draft)
        _onward(line, number, owner, draft)


def _line_claims(line: str, number: int, owner: End | None, phase: End | None) -> list[Claim]:
    found: list[Claim] = []
    field = _field(line)
    if field is not None and field.kind in REQUIREMENT_KINDS and field.value:
        piece = Piece(field.value, number, number, line.strip())
        found.append(Claim(owner, (piece,), "field-line", STRENGTH_OF[field.kind], field.choice))
        return found
    assumed = assumed_in(line)
    if assumed is not None:
        pieces = tuple(Piece(ref.text, number, number, assumed.quote) for ref in assumed.references)
        found.append(
            Claim(
                owner if assumed.owner in {"chapter", "unit"} else phase or owner,
                pieces,
                "assumes",
                confidence=SENTENCE_CONFIDENCE,
            )
        )
    for earlier in earlier_in(line):
        pieces = tuple(Piece(ref.text, number, number, earlier.quote) for ref in earlier.references)
        found.append(Claim(owner, pieces, "earlier-chapter", confidence=SENTENCE_CONFIDENCE))
    for sentence in sentences_of(line):
        piece = Piece(sentence.objects, number, number, sentence.quote)
        found.append(Claim(owner, (piece,), "sentence", confidence=SENTENCE_CONFIDENCE, sentence=sentence))
    return found


def _field(line: str) -> Field | None:
    """The field that a line is, or that a row of labels and values is."""
    text = line.strip()
    if text.startswith("|"):
        label, _, value = text.strip("| ").partition("|")
        return field_of(f"{label.strip()}: {value.strip()}") if "|" not in value else None
    # In lower case it is a line of code or configuration.
    return field_of(text) if text[:1].isupper() else None


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
            draft.claims.append(
                Claim(
                    topic,
                    (Piece(owner.title, number, number, quote),),
                    "before-moving-on",
                    confidence=SENTENCE_CONFIDENCE,
                )
            )


def _topic_of(link: Wiki, draft: Draft) -> End | None:
    """The only topic whose title has all words of a link's target."""
    words = set(target_words(link.target).casefold().split())
    found = [topic for topic in draft.topics if words and words <= set(topic.title.casefold().split())]
    return End(found[0].kind, found[0].id, found[0].title) if len(found) == 1 else None


def _title(text: Text) -> str:
    first = next((line for line in text.lines if line.strip()), "")
    return title_of(first) or PurePosixPath(text.path).stem
