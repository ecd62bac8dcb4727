"""Reading again: nothing is parsed or written twice, ids stay when titles move or change, and forgetting takes back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services import reading
from app.views import DocumentReport, IngestView
from graph.evidence import Archive, Document, Source
from graph.model import Graph
from graph.store.store import Store
from ingest import pipeline
from ingest.assemble import Assembled, assemble
from ingest.identity import Earlier
from ingest.parsers import parse
from ingest.reading import Reading, ReadRequirement, ReadRoadmap, ReadTopic, Text

ROADMAP = """\
# Backend

## Data

- **Relational model** (3 h) – tables and keys
- **SQL** (12 h) – ask a database
  - Requires: Relational model – its operations work on tables.
- **Dokcer** (8 h) – pack a program with all it needs
  - Requires: SQL – the examples pack a database.
- **Kubernetes** (20 h) – place containers on machines
  - Requires: Dokcer – what it places are containers.
- **Monitoring tools** (2 h) – see what runs
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "notes" / "backend.md"
    made.parent.mkdir()
    made.write_text(ROADMAP, encoding="utf-8")
    return made


def read(store: Store, *paths: Path) -> tuple[IngestView, Graph]:
    view = reading.ingest(store, list(paths))
    return view, store.snapshot().graph


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def report(view: IngestView, path: str) -> DocumentReport:
    return next(each for each in view.documents if each.path == path)


def test_documents_that_did_not_change_are_not_parsed_and_nothing_is_written(
    embedded: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []

    def counted(text: Text) -> Reading:
        parsed.append(Path(text.path).name)
        return parse(text)

    monkeypatch.setattr(pipeline, "parse", counted)
    (file.parent / "other.md").write_text(
        "# Other\n\n- **HTTP** – talk\n- **TLS** – talk in secret\n", encoding="utf-8"
    )
    read(embedded, file.parent)
    assert sorted(parsed) == ["backend.md", "other.md"]
    version, rows = embedded.state().version, embedded.rows()
    view, _ = read(embedded, file.parent)
    assert len(parsed) == 2
    assert (view.written, embedded.state().version) == (False, version)
    assert embedded.rows() == rows
    change(file, "(3 h)", "(4 h)")
    view, _ = read(embedded, file.parent)
    assert parsed[2:] == ["backend.md"]
    assert report(view, "backend.md").topics_changed == ("Relational model",)


def test_a_line_inserted_above_two_thousand_changes_no_identity(embedded: Store, tmp_path: Path) -> None:
    lines = ["# Long", "", "## Words"]
    for at in range(1000):
        lines += [
            f"- **Subject {at} of many** – it is explained here",
            f"  - Requires: Subject {max(at - 1, 0)} of many",
        ]
    long = tmp_path / "long.md"
    long.write_text("\n".join(["# Long", *lines[3:]]) + "\n", encoding="utf-8")
    read(embedded, long)
    before = embedded.rows()
    long.write_text("\n".join(["", "# Long", *lines[3:]]) + "\n", encoding="utf-8")
    view, _ = read(embedded, long)
    after = embedded.rows()
    assert before.nodes.keys() == after.nodes.keys()
    for label in before.nodes:
        assert before.nodes[label].keys() == after.nodes[label].keys(), label
    assert {kind: rows.keys() for kind, rows in before.edges.items()} == {
        k: rows.keys() for k, rows in after.edges.items()
    }
    old, new = before.nodes["Mention"], after.nodes["Mention"]
    assert all(new[key]["line_start"] == row["line_start"] + 1 for key, row in old.items())
    assert (view.topics_added, view.topics_removed, view.requirements_added, view.requirements_removed) == (0, 0, 0, 0)


def test_a_title_that_is_corrected_keeps_its_id_and_its_tick(embedded: Store, file: Path) -> None:
    read(embedded, file)
    embedded.mark("me", ["dokcer"], "known")
    change(file, "Dokcer", "Docker")
    view, graph = read(embedded, file)
    assert graph.topics["dokcer"].title == "Docker"
    assert "docker" not in graph.topics
    assert embedded.learner("me").marks == {"dokcer": "known"}
    (moved,) = report(view, "backend.md").topics_renamed
    assert (moved.before, moved.now, moved.sure) == ("Dokcer", "Docker", True)
    version = embedded.state().version
    assert read(embedded, file)[0].written is False
    assert embedded.state().version == version


def test_a_title_that_is_changed_back_has_its_id_again(embedded: Store, file: Path) -> None:
    read(embedded, file)
    before = embedded.snapshot().graph
    change(file, "Kubernetes", "Container orchestration")
    assert read(embedded, file)[1].topics["kubernetes"].title == "Container orchestration"
    change(file, "Container orchestration", "Kubernetes")
    assert read(embedded, file)[1] == before


def test_the_old_title_still_finds_the_topic_until_another_topic_has_it(embedded: Store, file: Path) -> None:
    read(embedded, file)
    change(file, "Kubernetes", "Container orchestration")
    read(embedded, file)
    other = file.parent / "other.md"
    other.write_text("# Other\n\n- **Kubernetes** – one product of many\n- **Nomad** – another\n", encoding="utf-8")
    _, graph = read(embedded, file, other)
    assert graph.topics["kubernetes"].title == "Container orchestration"
    assert {each.title for each in graph.topics.values()} >= {"Kubernetes", "Container orchestration"}


def test_two_titles_beside_each_other_may_change_at_once(embedded: Store, file: Path) -> None:
    read(embedded, file)
    change(file, "Dokcer", "Docker")
    change(file, "Kubernetes", "Container orchestration")
    _, graph = read(embedded, file)
    assert (graph.topics["dokcer"].title, graph.topics["kubernetes"].title) == ("Docker", "Container orchestration")


def test_a_topic_that_is_replaced_is_not_renamed(embedded: Store, file: Path) -> None:
    read(embedded, file)
    change(file, "**Monitoring tools** (2 h) – see what runs", "**Poetry** (1 h) – words that ring")
    view, graph = read(embedded, file)
    assert "poetry" in graph.topics
    assert "monitoring-tools" not in graph.topics
    (doubt,) = report(view, "backend.md").topics_renamed
    assert not doubt.sure
    assert [each["code"] for each in view.problems] == ["perhaps-renamed"]


def test_what_the_list_keeps_apart_is_never_a_new_title(embedded: Store, tmp_path: Path) -> None:
    text = "# Web\n\n- **HTML** – pages\n- **Java** – a language\n  - Requires: HTML\n- **Servers** – answer\n"
    page = tmp_path / "web.md"
    page.write_text(text, encoding="utf-8")
    read(embedded, page)
    change(page, "**Java**", "**JavaScript**")
    _, graph = read(embedded, page)
    assert "javascript" in graph.topics


def test_a_topic_that_moves_to_another_section_keeps_its_id(embedded: Store, file: Path) -> None:
    change(file, "- **Monitoring tools** (2 h) – see what runs\n", "")
    file.write_text(file.read_text(encoding="utf-8") + "\n## Running\n\n- **Alerts** – be woken\n", encoding="utf-8")
    read(embedded, file)
    embedded.mark("me", ["sql"], "known")
    change(
        file, "- **SQL** (12 h) – ask a database\n  - Requires: Relational model – its operations work on tables.\n", ""
    )
    file.write_text(file.read_text(encoding="utf-8") + "- **SQL** (12 h) – ask a database\n", encoding="utf-8")
    view, graph = read(embedded, file)
    assert graph.topics["sql"].state == "active"
    assert report(view, "backend.md").topics_added == ()


def test_what_leaves_is_retired_where_somebody_has_a_state(embedded: Store, file: Path) -> None:
    read(embedded, file)
    embedded.mark("me", ["monitoring-tools"], "learning")
    change(file, "- **Monitoring tools** (2 h) – see what runs\n", "")
    change(
        file,
        "- **Kubernetes** (20 h) – place containers on machines\n"
        "  - Requires: Dokcer – what it places are containers.\n",
        "",
    )
    view, graph = read(embedded, file)
    found = report(view, "backend.md")
    assert (found.topics_retired, found.topics_removed) == (("Monitoring tools",), ("Kubernetes",))
    assert [(each.topic, each.requires) for each in found.requirements_removed] == [("Kubernetes", "Dokcer")]
    assert graph.topics["monitoring-tools"].state == "retired"


def test_a_dry_run_tells_all_and_writes_nothing(embedded: Store, file: Path) -> None:
    view = reading.ingest(embedded, [file], dry_run=True)
    assert (view.dry_run, view.written, view.topics_added) == (True, False, 5)
    assert embedded.state().version == 0
    assert not embedded.rows().nodes


def test_an_interrupted_reading_leaves_the_store_as_it_was(embedded: Store, file: Path) -> None:
    read(embedded, file)
    version, rows = embedded.state().version, embedded.rows()
    change(file, "Dokcer", "Docker")
    (file.parent / "more.md").write_text("# More\n\n- **HTTP** – talk\n- **TLS** – secret talk\n", encoding="utf-8")

    def stop(done: int, total: int, path: str) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reading.ingest(embedded, [file.parent], stop)
    assert (embedded.state().version, embedded.rows()) == (version, rows)


def test_likely_doubles_are_proposed_and_not_merged(embedded: Store, file: Path) -> None:
    other = file.parent / "other.md"
    other.write_text("# Other\n\n- **Kuberentes** – a typo\n- **Caching strategies of SQL** – keep\n", encoding="utf-8")
    view, graph = read(embedded, file.parent)
    assert {"kubernetes", "kuberentes"} <= set(graph.topics)
    assert [(each.title, each.other_title, each.reason) for each in view.doubles] == [
        ("Kuberentes", "Kubernetes", "typo")
    ]
    assert [(each["severity"], each["code"]) for each in view.problems] == [("info", "likely-double")]
    assert reading.ingest(embedded, [file.parent]).doubles == ()


# Forgetting, as a property: without a store, so that many worlds can be tried.

NAMES = st.sampled_from(
    [
        "Docker", "docker", "1. Dockers", "TDD", "Test-driven development (TDD)", "Test-driven development", "Testing",
        "AWS S3", "Amazon S3", "S3", "Go", "go", "Kafka", "Apache Kafka", "Security", "HTML and CSS", "CSS & HTML",
    ]
)  # fmt: skip
SOURCE = Source(id="s", root="/s")


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    titles = draw(st.lists(NAMES, min_size=1, max_size=5))
    topics = tuple(
        ReadTopic(id=f"t{i}", title=t, line=i, line_end=i, position=i) for i, t in enumerate(titles, start=1)
    )
    needs = tuple(
        ReadRequirement(
            topic=topic.title, topic_id=topic.id, requires=wanted, requires_kind="external", rule="r", line_start=1,
            line_end=1, quote=wanted,
        )
        for topic in topics[:2]
        for wanted in draw(st.lists(NAMES, max_size=2))
    )  # fmt: skip
    return Reading(path="p", family="markdown", roadmap=ReadRoadmap(title="R"), topics=topics, requirements=needs)


def put_together(readings: Sequence[tuple[str, Reading]], before: Archive | None) -> Assembled:
    documents = [
        (Document(id=f"s:{name}", source_id="s", roadmap_id=f"roadmap:s/{name}", path=name, sha256=name,
                  family="markdown", reader_version="1", read_at="2026-01-01"), reading)
        for name, reading in readings
    ]  # fmt: skip
    earlier = Earlier()
    if before is not None:
        mentions = {mention.id: mention.topic_id for mention in before.mentions}
        earlier = Earlier(dict(before.names), mentions=mentions)
    return assemble([SOURCE], documents, held={}, earlier=earlier)


@given(st.lists(readings(), max_size=3), readings(), st.integers(0, 3))
def test_forgetting_gives_the_graph_before(kept: list[Reading], brought: Reading, place: int) -> None:
    names = [("abd"[at], each) for at, each in enumerate(kept)]
    alone = put_together(names, None).archive
    both = put_together([*names, (f"{'abd'[min(place, 2)]}c", brought)], alone).archive
    left = put_together(names, both).archive
    assert left.graph == alone.graph
    assert {m.id: m.topic_id for m in left.mentions} == {m.id: m.topic_id for m in alone.mentions}
