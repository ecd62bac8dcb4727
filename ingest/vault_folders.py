"""Folders of a vault as stages: where a folder's own page is called "Part 1: …", its notes stand in that stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from ingest.reading import Reading, ReadPhase

_LAST = float("inf")


def in_folders(paths: Sequence[PurePosixPath], readings: Sequence[Reading]) -> list[Reading]:
    """The readings of a vault's notes with the stages of their folders and the order that their pages give.

    Args:
        paths: of the notes, inside the vault.
        readings: theirs, in the same order.
    """
    orders = {_place(path, reading): reading.order for path, reading in zip(paths, readings, strict=True)}
    given = {place: order for place, order in orders.items() if order is not None}
    stages = dict(_stages(paths, readings, given))
    if not given and not stages:
        return list(readings)
    ranked = sorted(range(len(paths)), key=lambda at: _rank(_place(paths[at], readings[at]), given))
    rank = {at: number for number, at in enumerate(ranked, start=1)}
    return [
        _placed(path, reading, stages, rank[at]) for at, (path, reading) in enumerate(zip(paths, readings, strict=True))
    ]


def _place(path: PurePosixPath, reading: Reading) -> PurePosixPath:
    """What a page is about: its folder, when it leads to the notes there."""
    return path.parent if reading.index else path


def _rank(place: PurePosixPath, orders: Mapping[PurePosixPath, float]) -> tuple[tuple[float, str], ...]:
    """Where something stands: the order of each folder it is in, then its own; without one by its name."""
    above = (*reversed(place.parents), place)
    return tuple((orders.get(each, _LAST), each.name) for each in above)


def _stages(
    paths: Sequence[PurePosixPath], readings: Sequence[Reading], orders: Mapping[PurePosixPath, float]
) -> Iterator[tuple[PurePosixPath, ReadPhase]]:
    found = {
        path.parent: reading.phases[0]
        for path, reading in zip(paths, readings, strict=True)
        if reading.index and not reading.topics and len(reading.phases) == 1
    }
    for number, folder in enumerate(sorted(found, key=lambda each: _rank(each, orders)), start=1):
        yield folder, replace(found[folder], position=number)


def _placed(path: PurePosixPath, reading: Reading, stages: Mapping[PurePosixPath, ReadPhase], rank: int) -> Reading:
    stage = next((stages[folder] for folder in path.parents if folder in stages), None)
    if reading.index or not reading.topics:
        own = stage is not None and path.parent in stages and bool(reading.phases)
        return replace(reading, phases=(stage,)) if own and stage is not None else reading
    own_topic = reading.topics[0]
    if stage is None or own_topic.phase is not None:
        return replace(reading, topics=(replace(own_topic, position=rank), *reading.topics[1:]))
    first = replace(own_topic, position=rank, phase=stage.title)
    return replace(reading, phases=(replace(stage, line=1),), topics=(first, *reading.topics[1:]))
