"""Plans with a stage in each column: "Semester 1, Semester 2" over the courses of each."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.parsers.data_files.names import Names, plain_title
from ingest.parsers.delimited.rows import Row
from ingest.parsers.outline.codes import without_code
from ingest.parsers.outline.draft import Found
from ingest.parsers.wording.phases import phase_of
from ingest.parsers.wording.titles import clean, looks_like_title

MIN_STAGES = 2


def stages_across(rows: Sequence[Row]) -> bool:
    """Whether every head of a table is called a stage, and the cells below are titles."""
    heads = [cell for cell in rows[0].cells if cell]
    if len(heads) < MIN_STAGES or not all(phase_of(head) for head in heads) or len(set(heads)) < len(heads):
        return False
    cells = [clean(plain_title(cell)).title for row in rows[1:] for cell in row.cells if cell]
    return bool(cells) and sum(looks_like_title(cell, strong=True) for cell in cells) * 10 >= len(cells) * 8


def read_across(rows: Sequence[Row], names: Names) -> None:
    """Read the columns one by one; what comes later in time is not required by that alone."""
    for at, head in enumerate(rows[0].cells):
        stage = phase_of(head)
        if stage is None:
            continue
        place = names.draft.phase(stage, rows[0].first, None)
        for row in rows[1:]:
            text = row.cells[at] if at < len(row.cells) else ""
            name = without_code(clean(plain_title(text)))
            if looks_like_title(name.title, strong=True):
                found = Found(name.title, row.first, row.last, text, hours=name.hours, aliases=name.aliases)
                names.topic(found, place)
