"""Documents in, one graph out: identities, readings kept, documents that change, vanish or cannot be read."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest

from app.services import reading
from app.views import IngestView
from graph.errors import BadRequestError, PathNotFoundError, UnknownSourceError
from graph.model import Graph
from graph.store import reader as store_reader
from graph.store.store import Store

OUTLINE = """\
# Containers

## Tools
- **Docker** (8 h) – pack a program with all it needs
  - Requires: Processes – a container is one that sees little.
- **Processes** (5 h) – programs that run
"""

ARTICLE = """\
# The way to the cloud

## Phase 1: Ground (4 weeks)

### 1. Docker
Images and containers.

## Phase 2: Clouds

**Prerequisites:** Phase 1

### 1. Kubernetes (20 h)
Containers on many machines.

**Prerequisites:** Docker – what it places are containers.

Requires one of: AWS, Azure – it has to run somewhere.
"""


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "outline.md").write_text(OUTLINE, encoding="utf-8")
    (folder / "article.md").write_text(ARTICLE, encoding="utf-8")
    return folder


def read(store: Store, *paths: Path) -> tuple[IngestView, Graph]:
    report = reading.ingest(store, list(paths))
    return report, store.snapshot().graph


def edges(graph: Graph) -> set[tuple[str, str]]:
    return {(each.topic, each.requires) for each in graph.requires}


def statuses(report: IngestView) -> dict[str, str]:
    return {each.path: each.status for each in report.documents}


def test_two_documents_become_one_graph(embedded: Store, notes: Path) -> None:
    report, graph = read(embedded, notes)
    assert statuses(report) == {"article.md": "new", "outline.md": "new"}
    assert set(graph.topics) == {"docker", "processes", "kubernetes", "aws", "azure"}
    assert graph.topics["aws"].state == "external"
    assert graph.topics["docker"].effort_hours == 8
    one, two = (f"roadmap:notes/article#phase/{phase.id.rpartition('/')[2]}" for phase in graph.phases.values())
    assert edges(graph) == {("docker", "processes"), ("kubernetes", "docker"), (two, one)}
    (choice,) = graph.choices.values()
    assert (choice.topic, choice.options, choice.min) == ("kubernetes", ("aws", "azure"), 1)


def test_every_requirement_has_a_receipt_with_its_words(embedded: Store, notes: Path) -> None:
    _, graph = read(embedded, notes)
    for requirement in graph.requires:
        (receipt,) = embedded.receipts(requirement.topic, [requirement.requires])[requirement.requires]
        lines = Path(receipt.path).read_text(encoding="utf-8").splitlines()
        assert receipt.quote in "\n".join(lines[receipt.line_start - 1 : receipt.line_end])


def test_reading_again_changes_nothing(embedded: Store, notes: Path) -> None:
    read(embedded, notes)
    version = embedded.state().version
    report, _ = read(embedded, notes)
    assert statuses(report) == {"article.md": "unchanged", "outline.md": "unchanged"}
    assert not report.written
    assert embedded.state().version == version


def test_a_line_inserted_above_moves_lines_and_no_identity(embedded: Store, notes: Path) -> None:
    read(embedded, notes)
    before = embedded.rows()
    outline = notes / "outline.md"
    outline.write_text("# Containers\n\nAn introduction.\n" + OUTLINE.partition("\n")[2], encoding="utf-8")
    report, _ = read(embedded, notes)
    after = embedded.rows()
    assert statuses(report)["outline.md"] == "changed"
    for label in ("Topic", "Claim", "Mention", "Choice"):
        assert before.nodes[label].keys() == after.nodes[label].keys(), label
    assert before.nodes["Claim"] != after.nodes["Claim"]


def test_what_vanished_takes_its_topics_along(embedded: Store, notes: Path) -> None:
    read(embedded, notes)
    (notes / "article.md").unlink()
    report, graph = read(embedded, notes)
    assert statuses(report) == {"article.md": "vanished", "outline.md": "unchanged"}
    assert set(graph.topics) == {"docker", "processes"}
    assert not graph.phases


def test_a_known_topic_stays_and_keeps_its_id_when_its_document_comes_back(embedded: Store, notes: Path) -> None:
    read(embedded, notes)
    embedded.mark("me", ["kubernetes"], "known")
    article = notes / "article.md"
    article.rename(notes / "article.away")
    assert read(embedded, notes)[1].topics["kubernetes"].state == "retired"
    (notes / "article.away").rename(article)
    assert read(embedded, notes)[1].topics["kubernetes"].state == "active"
    assert embedded.learner("me").marks == {"kubernetes": "known"}


def test_one_file_belongs_to_the_source_that_holds_its_folder(embedded: Store, notes: Path) -> None:
    read(embedded, notes)
    (notes / "outline.md").write_text(OUTLINE + "- **Signals** (1 h) – tell a process something\n", encoding="utf-8")
    report, graph = read(embedded, notes / "outline.md")
    assert statuses(report) == {"outline.md": "changed"}
    assert {"signals", "kubernetes"} <= set(graph.topics)
    assert [source.id for source in embedded.sources()] == ["notes"]


def test_bad_files_are_reported_with_their_path_and_the_others_are_read(embedded: Store, notes: Path) -> None:
    (notes / "binary.md").write_bytes(b"\x00\x01\x02")
    (notes / "empty.md").write_bytes(b"")
    with (notes / "huge.md").open("wb") as huge:
        huge.truncate(50 * 1024 * 1024)
    report, graph = read(embedded, notes)
    found = {(Path(each["path"]).name, each["severity"], each["code"]) for each in report.problems}
    assert {
        ("binary.md", "error", "not-text"),
        ("empty.md", "error", "empty"),
        ("huge.md", "error", "too-large"),
    } <= found
    assert {"docker", "kubernetes"} <= set(graph.topics)


def test_a_file_that_became_unreadable_keeps_what_was_read_from_it(embedded: Store, notes: Path) -> None:
    read(embedded, notes)
    (notes / "article.md").write_bytes(b"\x00\x01\x02")
    _, graph = read(embedded, notes)
    assert "kubernetes" in graph.topics


def test_a_path_that_is_not_there_stops_before_anything_is_read(embedded: Store, notes: Path) -> None:
    with pytest.raises(PathNotFoundError):
        reading.ingest(embedded, [notes, notes / "missing.md"])
    assert embedded.state().version == 0


def test_forget_takes_back_exactly_what_a_document_brought(embedded: Store, notes: Path) -> None:
    outline = notes / "outline.md"
    _, alone = read(embedded, outline)
    read(embedded, notes)
    reading.forget_documents(embedded, "article.md")
    graph = embedded.snapshot().graph
    assert graph.topics == alone.topics
    assert graph.requires == alone.requires
    reading.forget_documents(embedded, "notes")
    assert embedded.snapshot().graph == Graph()


def test_forgetting_what_was_never_read_names_what_was(embedded: Store, notes: Path) -> None:
    read(embedded, notes)
    with pytest.raises(UnknownSourceError) as unknown:
        reading.forget_documents(embedded, "nothing")
    assert "notes" in unknown.value.hint


def test_the_order_in_which_documents_are_read_does_not_matter(embedded: Store, notes: Path) -> None:
    read(embedded, notes / "article.md")
    read(embedded, notes / "outline.md")
    one_by_one = embedded.snapshot().graph
    reading.forget_documents(embedded, "notes")
    assert read(embedded, notes)[1] == one_by_one


def test_generic_titles_are_apart_under_different_parents(embedded: Store, tmp_path: Path) -> None:
    document = tmp_path / "generic.md"
    document.write_text("# Web\n\n## Django\n- Testing\n- Models\n\n## React\n- Testing\n- Hooks\n", encoding="utf-8")
    _, graph = read(embedded, document)
    assert {"django-testing", "react-testing"} <= set(graph.topics)


def test_an_acronym_given_once_names_the_topic_everywhere(embedded: Store, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# One\n\n- **Test-driven development (TDD)** – tests first\n- **Refactoring** – change the shape\n"
        "  - Requires: TDD – the tests hold the behaviour.\n",
        encoding="utf-8",
    )
    _, graph = read(embedded, tmp_path / "a.md")
    assert ("refactoring", "test-driven-development") in edges(graph)
    assert "TDD" in graph.topics["test-driven-development"].aliases


def test_a_topic_that_requires_itself_is_a_problem_and_nothing_more(embedded: Store, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# One\n\n- **Recursion** – see recursion\n  - Requires: Recursion\n", encoding="utf-8"
    )
    report, graph = read(embedded, tmp_path / "a.md")
    assert edges(graph) == set()
    assert [each["code"] for each in report.problems] == ["self-requirement"]


# what a stranger's look found


def test_files_whose_names_differ_in_case_only_stay_two_roadmaps(embedded: Store, tmp_path: Path) -> None:
    for name, title in (("Road.md", "One"), ("road.md", "Two"), ("road.markdown", "Three")):
        (tmp_path / name).write_text(f"# {title}\n\n## Phase 1: Start\n\n### Topic {title}\nText.\n", encoding="utf-8")
    _, graph = read(embedded, tmp_path)
    assert sorted(each.title for each in graph.roadmaps.values()) == ["One", "Three", "Two"]
    assert len(graph.phases) == 3


def test_a_vault_may_be_read_after_one_of_its_folders(embedded: Store, tmp_path: Path) -> None:
    vault = tmp_path / "v"
    (vault / "sub").mkdir(parents=True)
    for name, other in (("a", "b"), ("b", "c"), ("sub/c", "a")):
        note = f"---\ntitle: Note {name[-1]}\n---\n# Note {name[-1]}\n\nrequires:: [[{other}]]\n"
        (vault / f"{name}.md").write_text(note, encoding="utf-8")
    read(embedded, vault / "sub" / "c.md")
    _, graph = read(embedded, vault)
    assert {"note-a", "note-b", "note-c"} <= set(graph.topics)


def test_documents_below_a_folder_that_cannot_be_read_stay(
    embedded: Store, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (notes / "sub").mkdir()
    (notes / "sub" / "more.md").write_text("# More\n\n- **Signals** – tell a process something\n", encoding="utf-8")
    read(embedded, notes)
    scandir = os.scandir

    def closed(path: str) -> Any:
        if Path(path).name == "sub":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    report, graph = read(embedded, notes)
    assert "signals" in graph.topics
    assert [each["code"] for each in report.problems if each["severity"] == "error"] == ["unreadable"]


def test_a_path_that_the_system_refuses_is_a_problem_and_the_others_are_read(embedded: Store, notes: Path) -> None:
    report, graph = read(embedded, notes, notes / ("x" * 300 + ".md"))
    assert [each["code"] for each in report.problems if each["severity"] == "error"] == ["unreadable"]
    assert "docker" in graph.topics


def test_a_path_that_stands_in_two_sources_is_not_forgotten_by_its_name_alone(
    embedded: Store, notes: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "outline.md").write_text("# Other\n\n- **Signals** – tell a process something\n", encoding="utf-8")
    read(embedded, notes)
    read(embedded, other)
    with pytest.raises(BadRequestError) as both:
        reading.forget_documents(embedded, "outline.md")
    assert "notes:outline.md" in both.value.hint
    reading.forget_documents(embedded, "other:outline.md")
    assert "docker" in embedded.snapshot().graph.topics


def test_a_roadmap_that_nests_more_bullets_does_not_lengthen_the_paths_of_others(
    embedded: Store, tmp_path: Path
) -> None:
    (tmp_path / "plain.md").write_text("# Plain\n\n- **Docker** (8 h) – pack a program\n", encoding="utf-8")
    read(embedded, tmp_path)
    nested = (
        "# Nested\n\n## Docker\n- Image layers\n- Volume mounts\n\n## Kubernetes\n- Pod lifecycles\n- Rolling updates\n"
    )
    (tmp_path / "nested.md").write_text(nested, encoding="utf-8")
    _, graph = read(embedded, tmp_path)
    wholes = {part.outer for part in graph.parts}
    assert "docker" not in wholes
    assert "kubernetes" in wholes
    assert {part.inner for part in graph.loose_parts} == {"image-layers", "volume-mounts"}


def test_reading_waits_for_a_process_that_is_writing_a_large_graph(
    embedded: Store, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other process is heard of for a while, then no more: what it left half done is completed."""
    read(embedded, notes)
    embedded.engine.write(
        lambda transaction: transaction.run(
            "MATCH (m:Meta) SET m.incomplete = true, m.written_at = $now", now=time.time()
        )
    )
    monkeypatch.setattr(store_reader, "LIVE_S", 1.5)
    monkeypatch.setattr(reading, "WRITER_PAUSE_S", 0.05)
    started = time.monotonic()
    read(embedded, notes)
    assert time.monotonic() - started > 0.5
    assert not embedded.state().incomplete
