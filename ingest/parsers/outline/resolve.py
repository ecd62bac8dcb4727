"""Claims become requirements: their words are looked up among what the document names."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

from graph.model import Strength
from ingest.parsers.outline.draft import Claim, Draft, Piece
from ingest.parsers.wording.fields import is_nothing
from ingest.parsers.wording.known import End, Known, know
from ingest.parsers.wording.objects import Objects, Wanted, objects_of
from ingest.parsers.wording.sentences import requirement_of
from ingest.reading import ReadRequirement

SENTENCE_CONFIDENCE = 0.9
EACH_BEFORE_NEXT = "each-before-next"


def requirements_of(draft: Draft) -> tuple[ReadRequirement, ...]:
    """All requirements that the claims state; what cannot be read becomes a problem of the draft."""
    known = know(
        (
            (End(topic.kind, topic.id, topic.title), topic.aliases, number)
            for topic, number in zip(draft.topics, draft.numbers, strict=True)
        ),
        draft.stages,
        ((topic.id, topic.phase) for topic in draft.topics if topic.phase is not None),
    )
    found: dict[tuple[object, ...], ReadRequirement] = {}
    ordered: set[str] = set()
    spoken = {each.owner.id for each in draft.claims if each.owner is not None and each.owner.kind == "phase"}
    claims, draft.claims = draft.claims[::-1], []
    for at in range(1, len(claims) + 1):
        claim = claims.pop()  # of many, each makes room for what it became
        if claim.rule == EACH_BEFORE_NEXT:
            # Said once is enough: below each of many stages it would make the square of their number.
            if claim.pieces[0].value in ordered:
                continue
            ordered.add(claim.pieces[0].value)
            made = _from_order(claim, known, spoken, at)
        else:
            made = _from_sentence(claim, known, at) if claim.sentence else _from_values(claim, known, draft, at)
        for each in made:
            if each.topic_id == each.requires_id and each.topic_kind == each.requires_kind:
                draft.problem("self-requirement", f"“{each.topic}” requires itself", each.line_start)
                continue
            found.setdefault(
                (
                    each.topic_kind,
                    each.topic_id,
                    each.requires_kind,
                    each.requires_id or each.requires,
                    each.line_start,
                    each.choice,
                ),
                each,
            )
    return tuple(found.values())


def _from_order(claim: Claim, known: Known, spoken: Collection[str | None], at: int) -> Iterator[ReadRequirement]:
    """Each stage requires the one before it, except where a stage says itself what it requires."""
    piece = claim.pieces[0]
    stages = [each.end for each in known.stages if each.kind == piece.value]
    for before, stage in pairwise(stages):
        if stage.id not in spoken:
            yield _requirement(stage, Wanted(before), claim, piece, at)


def _from_sentence(claim: Claim, known: Known, at: int) -> Iterator[ReadRequirement]:
    sentence = claim.sentence
    read = requirement_of(sentence, known, claim.owner) if sentence is not None else None
    if sentence is None or read is None:
        return
    subject, objects = read
    for wanted in objects.wanted:
        yield _requirement(
            subject, wanted._replace(reason=wanted.reason or sentence.reason), claim, claim.pieces[0], at
        )


def _from_values(claim: Claim, known: Known, draft: Draft, at: int) -> Iterator[ReadRequirement]:
    if claim.owner is None:
        return
    together = claim.choice if len(claim.pieces) > 1 else 0
    read = [
        (piece, objects_of(piece.value, known, claim.owner.id, 0 if together else claim.choice))
        for piece in claim.pieces
    ]
    for number, (piece, objects) in enumerate(read):
        for words in objects.unread:
            draft.problem(
                "unread-requirement", f"“{words}” is not a title", piece.line_start, "write titles, separated by commas"
            )
        for wanted in _with_reasons(objects, piece.reason):
            if together:
                yield _requirement(claim.owner, wanted._replace(group=1, need=together), claim, piece, at)
            else:
                group = wanted.group + 100 * number if wanted.group else 0
                yield _requirement(claim.owner, wanted._replace(group=group), claim, piece, at)


def _with_reasons(objects: Objects, reasons: str) -> tuple[Wanted, ...]:
    """Give each requirement its reason from a column of reasons.

    One for each when the counts match, where a choice counts once; else the whole column for all.
    """
    wanted = objects.wanted
    if is_nothing(reasons):
        return wanted
    given = [part.strip() for part in reasons.split(";") if part.strip()]
    numbers: list[int] = []
    for at, each in enumerate(wanted):
        same = at > 0 and each.group > 0 and wanted[at - 1].group == each.group
        numbers.append(numbers[-1] if same else (numbers[-1] + 1 if numbers else 0))
    one_each = bool(numbers) and len(given) == numbers[-1] + 1
    return tuple(
        each._replace(reason=each.reason or (given[number] if one_each else reasons.strip()))
        for each, number in zip(wanted, numbers, strict=True)
    )


def _requirement(owner: End, wanted: Wanted, claim: Claim, piece: Piece, at: int) -> ReadRequirement:
    strength: Strength = claim.strength
    if strength == "hard" and (wanted.soft or wanted.together):
        strength = "soft" if wanted.soft else "together"
    return ReadRequirement(
        topic=owner.title,
        topic_kind="topic" if owner.kind == "external" else owner.kind,
        topic_id=owner.id or "",
        requires=wanted.end.title,
        requires_kind=wanted.end.kind,
        requires_id=wanted.end.id,
        strength=strength,
        confidence=claim.confidence,
        rule=claim.rule,
        line_start=piece.line_start,
        line_end=piece.line_end,
        quote=piece.quote,
        reason=wanted.reason,
        choice=f"choice-{at}-{wanted.group}" if wanted.group else None,
        choice_min=wanted.need if wanted.group else 1,
    )
