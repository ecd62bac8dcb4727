"""Links between the notes of a vault: looked up among all of them, whether parsed or ingested."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.pipeline import Library, Outcome, ingest_files, read_files
from ingest.reading import Reading, ReadTopic

NOTES = {
    "index.md": "# Ropes\n\n- [[Turns]]\n- [[hitch|How to hold a pole]]\n- [[Splices]]\n",
    "Turns.md": "---\nid: r-1\naliases: [round turns]\n---\nOnce around.\n",
    "hitch.md": "---\ntitle: Clove hitch\nid: r-2\nrequires: [r-1, r-9]\nleads_to: [r-3, r-8]\n---\nTwo turns.\n",
    "deep/bend.md": "---\ntitle: Sheet bend\nid: r-3\nrequires: ['[[round turns]]']\nup: r-2\n---\nTwo ropes.\n",
    "Clove.md": "Clove → see [[Clove hitch]]\n",
    "Weaver.md": "alias of [[deep/bend]]\n",
    "lost.md": "---\ntitle: Lost page\n---\nMoved to [[Nowhere]]\n",
}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    folder = tmp_path / "ropes"
    for name, text in NOTES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def by_name(vault: Path) -> dict[str, Reading]:
    readings, problems = read_files([vault])
    assert problems == ()
    return {Path(each.path).name: each for each in readings}


def topics(reading: Reading) -> dict[str, ReadTopic]:
    return {topic.title: topic for topic in reading.topics}


def needs(reading: Reading) -> set[tuple[str, str]]:
    return {(each.topic, each.requires) for each in reading.requirements}


def read_into(vault: Path, before: Outcome | None = None) -> Outcome:
    held = Library()
    if before is not None:
        held = Library(before.archive.sources, before.archive.documents, dict(before.archive.names))
    return ingest_files([vault], held, read_at="2030-01-01T00:00:00")


def edges(outcome: Outcome) -> set[tuple[str, str]]:
    titles = {key: topic.title for key, topic in outcome.archive.graph.topics.items()}
    return {(titles[each.topic], titles[each.requires]) for each in outcome.archive.claims}


def test_names_become_the_titles_of_their_notes(vault: Path) -> None:
    found = by_name(vault)
    assert list(topics(found["index.md"])) == ["Turns", "Clove hitch", "Splices"]
    assert needs(found["hitch.md"]) == {("Clove hitch", "Turns"), ("Clove hitch", "r-9"), ("Sheet bend", "Clove hitch")}
    assert needs(found["bend.md"]) == {("Sheet bend", "Turns")}
    assert topics(found["bend.md"])["Sheet bend"].part_of == topics(found["bend.md"])["Clove hitch"].id


def test_what_another_note_describes_is_not_external(vault: Path) -> None:
    kinds = {each.requires: each.requires_kind for each in by_name(vault)["hitch.md"].requirements}
    assert kinds == {"Turns": "topic", "r-9": "external", "Clove hitch": "topic"}


def test_an_id_that_no_note_has_is_no_topic(vault: Path) -> None:
    assert set(topics(by_name(vault)["hitch.md"])) == {"Clove hitch", "Sheet bend"}


def test_a_mention_is_as_far_as_its_note(vault: Path) -> None:
    assert topics(by_name(vault)["hitch.md"])["Sheet bend"].state == "active"


def test_a_note_that_only_redirects_is_another_name(vault: Path) -> None:
    found = by_name(vault)
    assert found["Clove.md"].topics == ()
    assert "Clove" in topics(found["hitch.md"])["Clove hitch"].aliases
    assert "Weaver" in topics(found["bend.md"])["Sheet bend"].aliases
    assert [each.code for each in found["Clove.md"].problems] == ["redirect"]


def test_a_redirect_to_what_is_not_there_is_a_topic(vault: Path) -> None:
    assert list(topics(by_name(vault)["lost.md"])) == ["Lost page"]


def test_a_name_of_two_notes_stays_as_it_is_written(vault: Path) -> None:
    (vault / "deep" / "other.md").write_text("---\ntitle: Bowline\naliases: [round turns]\n---\nA loop.\n")
    assert needs(by_name(vault)["bend.md"]) == {("Sheet bend", "round turns")}


def test_parsing_and_ingesting_agree(vault: Path) -> None:
    parsed = {pair for reading in by_name(vault).values() for pair in needs(reading)}
    outcome = read_into(vault)
    assert edges(outcome) == parsed
    assert not {"r-3", "r-8", "Clove", "Weaver"} & {each.title for each in outcome.archive.graph.topics.values()}


def test_a_renamed_note_changes_what_the_others_say_without_reading_them(vault: Path) -> None:
    before = read_into(vault)
    (vault / "Turns.md").write_text("---\ntitle: Wraps\nid: r-1\n---\nOnce around.\n", encoding="utf-8")
    after = read_into(vault, before)
    changed = {key.rpartition(":")[2] for key, status in after.statuses.items() if status != "unchanged"}
    assert changed == {"Turns.md"}
    assert ("Clove hitch", "Wraps") in edges(after)
    assert edges(after) == edges(read_into(vault))


def test_an_embedded_store_among_the_documents_is_no_document(vault: Path) -> None:
    store = vault / "store"
    store.mkdir()
    (store / "schema.json").write_text('{"types": {"Topic": {}}}')
    (store / "Topic_0.1.65536.v0.bucket").write_bytes(b"x")
    assert "schema.json" not in by_name(vault)


def test_folders_are_stages_and_pages_stand_in_the_order_that_they_give(tmp_path: Path) -> None:
    pages = {
        "_index.md": "---\ntitle: Ropework\n---\nA course.\n",
        "z/_index.md": "---\ntitle: 'Part 1: Turns'\nweight: 1\n---\n",
        "z/whipping.md": "---\ntitle: Whipping\nweight: 2\n---\nAn end that holds.\n",
        "z/twist.md": "---\ntitle: Twist\nweight: 1\n---\nHow strands lie.\n",
        "a/_index.md": "---\ntitle: 'Part 2: Splices'\nweight: 2\n---\n",
        "a/eye.md": "---\ntitle: Eye splice\nweight: 1\nrequires: [/z/whipping/, Twist and lay]\n---\nAn eye.\n",
        "z/lay.md": "---\ntitle: Twist and lay\nweight: 3\n---\nLeft or right.\n",
        "faq.md": "---\ntitle: FAQ\n---\nWhy?\n",
    }
    for name, text in pages.items():
        (tmp_path / "ropes" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "ropes" / name).write_text(text, encoding="utf-8")
    outcome = read_into(tmp_path / "ropes")
    graph = outcome.archive.graph
    assert [each.title for each in graph.roadmaps.values()] == ["Ropework"]
    stages = sorted(graph.phases.values(), key=lambda each: each.position)
    assert [each.title for each in stages] == ["Turns", "Splices"]
    roadmap = next(iter(graph.roadmaps))
    order = sorted((each.position, each.inner) for each in graph.covers if each.outer == roadmap)
    assert [inner for _, inner in order] == ["twist", "whipping", "twist-and-lay", "eye-splice"]
    assert edges(outcome) == {("Eye splice", "Whipping"), ("Eye splice", "Twist and lay")}
    assert set(read_into(tmp_path / "ropes", outcome).statuses.values()) == {"unchanged"}
