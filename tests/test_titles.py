"""When two titles are one topic, and what id it gets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.titles import bracketed_acronym, is_generic, normal_form, slug, without_numbering

SAME = """
1. Docker | Docker
01 · Data structures | Data Structures
Chapter 12: Hash tables | Hash tables
🚀 Docker | Docker
Data Structures & Algorithms | Data structures and algorithms
CI/CD Pipelines | CI-CD pipeline
Test-Driven Development (TDD) | Test-driven development
Database Normalization | Database normalisation
Caches | Cache
Processes | Process
Indexes | Index
APIs | API
Rest API | REST APIs
rest apis | REST API
VMs | VM
Linux VMs | Linux VM
Python's GIL | Python’s GIL
"""

DIFFERENT = """
हिंदी | हेंदु
กิน | กัน
मन | माना
Java | JavaScript
C | C++
C++ | C#
Go | go
REST | Rest
Redis | Redis Cluster
Testing | Unit testing
.NET | Net
Java | java
Class | Classical mechanics
"""


def pairs(text: str) -> list[tuple[str, str]]:
    lines = [line.split(" | ") for line in text.strip().splitlines()]
    return [(left, right) for left, right in lines]


@pytest.mark.parametrize(("one", "other"), pairs(SAME))
def test_ways_to_write_one_title(one: str, other: str) -> None:
    assert normal_form(one) == normal_form(other)


@pytest.mark.parametrize(("one", "other"), pairs(DIFFERENT))
def test_titles_that_stay_apart(one: str, other: str) -> None:
    assert normal_form(one) != normal_form(other)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Docker Compose", "docker-compose"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        (".NET", "dot-net"),
        ("Über Größe", "über-grösse"),
        ("日本語", "日本語"),
        ("हिंदी भाषा", "हिंदी-भाषा"),
        ("กิน", "กิน"),
        ("Python’s GIL", "pythons-gil"),
        ("TCP/IP", "tcp-ip"),
    ],
)
def test_slugs_keep_letters(title: str, expected: str) -> None:
    assert slug(title) == expected


def test_a_title_without_letters_still_has_an_id() -> None:
    assert slug("🚀") != slug("🎉")
    assert slug("🚀") == slug("🚀")


@pytest.mark.parametrize(
    ("title", "acronym"),
    [
        ("Test-Driven Development (TDD)", "TDD"),
        ("Role-Based Access Control (RBAC)", "RBAC"),
        ("Service Level Objectives (SLOs)", "SLOs"),
        ("Graph databases (Neo4j)", None),
        ("Sorting (optional)", None),
        ("Indexes (B-tree)", None),
    ],
)
def test_acronyms_a_title_gives_of_itself(title: str, acronym: str | None) -> None:
    assert bracketed_acronym(title) == acronym


def test_numbering_goes_numbers_that_belong_stay() -> None:
    assert without_numbering("3. Docker") == "Docker"
    assert without_numbering("2.1 Docker") == "Docker"
    assert without_numbering("12-factor apps") == "12-factor apps"
    assert without_numbering("2D graphics") == "2D graphics"
    assert without_numbering("7") == "7"


def test_generic_titles_need_their_parent() -> None:
    assert is_generic("Testing")
    assert is_generic("Best Practices")
    assert not is_generic("Unit testing")


@given(st.text(max_size=40))
def test_any_text_has_a_form_and_an_id(title: str) -> None:
    assert isinstance(normal_form(title), str)
    assert slug(title)
    assert normal_form(title) == normal_form(title)
    assert "\n" not in slug(title)
