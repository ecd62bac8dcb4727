"""What the documents say is true: commands exist, queries run, nothing of the schema is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from archives import containers

from app.cli.root import COMMANDS
from graph.store.changes import difference
from graph.store.rows import Rows, to_rows
from graph.store.schema import EDGES, MARK_TYPES, NODES, PEOPLE, WISH_TYPES
from graph.store.store import Store
from ingest.parsers import parse
from ingest.reading import Text

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SCHEMA = (ROOT / "docs" / "schema.md").read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


def test_the_commands_of_the_readme_exist() -> None:
    shown = {found for block in blocks(README, "sh") for found in re.findall(r"^skilltrail (\w+)", block, re.MULTILINE)}
    assert {"ingest", "goal", "next", "path", "mark", "why", "query"} <= shown
    assert shown <= set(COMMANDS)


def test_the_readmes_two_commands_are_targets_of_make() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = re.findall(r"^make (\w+)", blocks(README, "sh")[0], re.MULTILINE)
    assert named == ["app", "test"]
    assert all(re.search(rf"^{name}:", makefile, re.MULTILINE) for name in named)


def test_the_readmes_example_is_read_as_it_says() -> None:
    (example,) = blocks(README, "markdown")
    reading = parse(Text(path="example.md", lines=tuple(example.splitlines())))
    found = {(each.topic, each.requires, each.strength, each.choice is not None) for each in reading.requirements}
    assert {
        ("Docker", "Processes", "hard", False),
        ("Docker", "Filesystem", "hard", False),
        ("Kubernetes", "Docker", "hard", False),
        ("Kubernetes", "AWS", "hard", True),
        ("Kubernetes", "Azure", "hard", True),
        ("Kubernetes", "YAML", "soft", False),
    } <= found
    assert all(each.reason for each in reading.requirements if each.topic_kind == "topic")


@pytest.mark.parametrize("query", blocks(SCHEMA, "cypher"))
def test_the_queries_of_the_schema_run(embedded: Store, query: str) -> None:
    embedded.apply(difference(Rows(), to_rows(containers()), 0))
    embedded.mark("me", ["processes", "filesystem"], "known")
    parameters = {"id": "kubernetes"} if "$id" in query else {}
    assert embedded.console(query, parameters).rows


@pytest.mark.parametrize("name", [*NODES, *PEOPLE])
def test_every_label_is_described(name: str) -> None:
    assert f"`{name}`" in SCHEMA


@pytest.mark.parametrize("name", [*sorted({kind.type for kind in EDGES}), *MARK_TYPES.values(), *WISH_TYPES.values()])
def test_every_relationship_is_described(name: str) -> None:
    assert re.search(rf"[:|]{name}\b", SCHEMA)


@pytest.mark.parametrize(("label", "properties"), NODES.items())
def test_every_property_is_described(label: str, properties: tuple[str, ...]) -> None:
    (row,) = [line for line in SCHEMA.splitlines() if line.startswith(f"| `{label}`")]
    assert [name for name in properties if not re.search(rf"\b{name}\b", row)] == []


@pytest.mark.parametrize(
    "page", sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]), ids=lambda path: path.name
)
def test_links_between_the_documents_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
