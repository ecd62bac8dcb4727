"""Which titles become one topic, by which rule, and which never do: labelled pairs."""

from __future__ import annotations

import pytest

from graph.titles import never_same
from ingest.identity import Earlier, Identities, identify
from ingest.identity_rules import LEVELS, acronyms_of, defined_in, recognised_by, widest_form
from ingest.reading import Reading, ReadRequirement, ReadRoadmap, ReadTopic

ACRONYMS = acronyms_of(
    [
        ("Test-driven development (TDD)", ()),
        ("Object-relational mapping", ("ORM",)),
        ("OOP: Object-oriented programming", ()),
        ("JSON (JavaScript Object Notation)", ()),
        ("Continuous integration (CI)", ()),
        ("Confidence interval (CI)", ()),
        ("Introduction to domain-driven design (DDD)", ()),
    ]
)

SAME = """
Docker | Docker | exact
1. Docker | Docker | punctuation
01 · Data Structures | data structures | punctuation
Chapter 12: Hash tables | Hash Tables | punctuation
🚀 Docker | Docker | punctuation
Hash-tables | Hash tables | punctuation
Python's GIL | Python’s GIL | punctuation
CI/CD | CI-CD | punctuation
Event loop! | Event loop | punctuation
CS 101 | CS101 | punctuation
Server-Side Rendering | Server side rendering | punctuation
Caches | Cache | spelling
Indexes | Index | spelling
APIs | API | spelling
Hash table | Hash tables | spelling
Dependencies | Dependency | spelling
Database Normalization | Database normalisation | spelling
Data Modeling | Data modelling | spelling
Color theory | Colour theory | spelling
Data Structures & Algorithms | Data structure and algorithms | spelling
CI/CD Pipelines | CI-CD pipeline | spelling
Service catalogs | Service catalogue | spelling
Test-Driven Development (TDD) | Test-driven development | bracketed-acronym
TDD (Test-driven development) | Test-driven development | bracketed-acronym
TDD — Test-driven development | Test-driven development | bracketed-acronym
Test-driven development – TDD | Test-driven development | bracketed-acronym
Kubernetes (K8s) | Kubernetes | bracketed-acronym
SQL: Structured Query Language | Structured query language | bracketed-acronym
Infrastructure as Code (IaC) | Infrastructure as code | bracketed-acronym
Role-Based Access Control [RBAC] | Role-based access control | bracketed-acronym
Service Level Objectives (SLOs) | Service level objective | bracketed-acronym
Amazon S3 | AWS S3 | vendor-prefix
Amazon S3 | S3 | vendor-prefix
Apache Kafka | Kafka | vendor-prefix
Apache Kafka Streams | Kafka Streams | vendor-prefix
HashiCorp Terraform | Terraform | vendor-prefix
Microsoft Azure | Azure | vendor-prefix
AWS Route 53 | Route 53 | vendor-prefix
TDD | Test-driven development | acronym
TDD basics | Test-driven development basics | acronym
ORMs | Object-relational mapping | acronym
OOP | Object-oriented programming | acronym
JSON | JavaScript Object Notation | acronym
DDD | Domain-driven design | acronym
Algorithms and data structures | Data Structures & Algorithms | word-order
HTML and CSS | CSS and HTML | word-order
"""

DIFFERENT = """
Java | JavaScript
JavaScript | TypeScript
C | C++
C++ | C#
C | C#
Go | go
REST | Rest
Redis | Redis Cluster
Testing | Unit testing
Unit testing | Integration testing
React | React Native
SQL | NoSQL
SQL | MySQL
TCP | UDP
Git | GitHub
Docker | Docker Compose
.NET | Net
HTTP | HTTPS
IPv4 | IPv6
Calculus 1 | Calculus 2
Python 2 | Python 3
Supervised learning | Unsupervised learning
Graph databases (Neo4j) | Neo4j
AWS Lambda | Lambda
Google Cloud | Cloud
Oracle Database | Database
CI | Continuous integration
CI | Confidence interval
Introduction to domain-driven design (DDD) | DDD
Machine learning | Deep learning
Design patterns | Pattern design
Operating systems | System operations
Class | Classical mechanics
Search engines | Engine search
Caching strategies | Caching
Authentication | Authorization
Kubernetes | Kubernetes operators
Encoding | Decoding
CS 101 | CS 102
"""


def table(text: str) -> list[tuple[str, ...]]:
    return [tuple(line.split(" | ")) for line in text.strip().splitlines()]


@pytest.mark.parametrize(("one", "other", "rule"), table(SAME))
def test_titles_that_are_one_and_the_rule_that_says_so(one: str, other: str, rule: str) -> None:
    assert recognised_by(one, other, ACRONYMS) == rule
    assert recognised_by(other, one, ACRONYMS) == rule
    assert not never_same(one, other)


@pytest.mark.parametrize(("one", "other"), table(DIFFERENT))
def test_titles_that_stay_apart(one: str, other: str) -> None:
    assert recognised_by(one, other, ACRONYMS) is None


def test_each_rule_takes_up_what_the_narrower_ones_found() -> None:
    for one, other, _ in table(SAME):
        found = [level.form(one, ACRONYMS) == level.form(other, ACRONYMS) for level in LEVELS]
        assert found == sorted(found), (one, other)


def test_an_acronym_of_two_things_stands_for_none() -> None:
    assert "CI" not in ACRONYMS
    assert ACRONYMS["DDD"] == "domain-driven design"


@pytest.mark.parametrize(
    "title", ["Sorting (optional)", "Indexes (B-tree)", "Graphs — Trees", "Python: PEP 8", "C++ (STL)"]
)
def test_what_is_no_acronym(title: str) -> None:
    assert defined_in(title) is None


def reading(
    title: str, *titles: str | tuple[str, ...], requires: tuple[str, ...] = (), family: str = "markdown"
) -> Reading:
    topics = []
    for at, given in enumerate(titles, start=1):
        name, *aliases = (given,) if isinstance(given, str) else given
        topics.append(ReadTopic(id=f"t{at}", title=name, line=at, line_end=at, position=at, aliases=tuple(aliases)))
    needs = tuple(
        ReadRequirement(
            topic=topics[0].title, topic_id="t1", requires=each, requires_kind="external", rule="field-line",
            line_start=1, line_end=1, quote=each,
        )
        for each in requires
    )  # fmt: skip
    return Reading(
        path=title, family=family, roadmap=ReadRoadmap(title=title), topics=tuple(topics), requirements=needs
    )


def together(**documents: Reading) -> Identities:
    return identify([(f"s:{name}", each) for name, each in documents.items()], Earlier())


def ids(found: Identities) -> list[str]:
    return sorted(set(found.topic_ids.values()))


def test_an_acronym_explained_in_one_document_holds_in_another() -> None:
    found = together(a=reading("A", "Test-driven development (TDD)"), b=reading("B", "TDD"))
    assert ids(found) == ["test-driven-development"]
    assert found.method("s:b", "t1", "TDD", "Test-driven development") == "acronym"


def test_an_alias_that_two_topics_claim_joins_nothing() -> None:
    one = together(a=reading("A", ("Relational databases", "RDB")), b=reading("B", "RDB"))
    assert ids(one) == ["relational-databases"]
    assert one.method("s:b", "t1", "RDB", "Relational databases") in {"alias", "acronym"}
    two = together(a=reading("A", ("Sorting", "Order")), b=reading("B", ("Ranking", "Order")), c=reading("C", "Order"))
    assert ids(two) == ["order", "ranking", "sorting"]


def test_an_alias_never_joins_what_the_list_keeps_apart() -> None:
    assert ids(together(a=reading("A", ("Java", "JavaScript")), b=reading("B", "JavaScript"))) == ["java", "javascript"]


def test_a_short_form_joins_when_nothing_else_begins_so() -> None:
    found = together(a=reading("A", "JOINs — Connecting tables"), b=reading("B", "JOINs"))
    assert len(ids(found)) == 1
    assert found.method("s:b", "t1", "JOINs", "JOINs — Connecting tables") == "short-form"


@pytest.mark.parametrize(
    "documents",
    [
        {"a": reading("A", "Docker — Building images", "Docker — Running containers"), "b": reading("B", "Docker")},
        {"a": reading("A", "Docker — Building images", "Docker")},
        {"a": reading("A", "Redis – Cluster"), "b": reading("B", "Redis")},
        {"a": reading("A", "JavaScript: Promises"), "b": reading("B", "JavaScript")},
        {"a": reading("A", "Testing: How to begin"), "b": reading("B", "Testing")},
    ],
)
def test_a_short_form_that_may_mean_a_part_joins_nothing(documents: dict[str, Reading]) -> None:
    assert len(ids(together(**documents))) == sum(len(each.topics) for each in documents.values())


def test_generic_titles_need_the_same_parent() -> None:
    def below(parent: str) -> Reading:
        made = reading("R", parent, "Testing")
        return made.model_copy(update={"topics": (made.topics[0], made.topics[1].model_copy(update={"part_of": "t1"}))})

    found = together(a=below("Apache Kafka"), b=below("Kafka"), c=below("Django"))
    assert ids(found) == ["apache-kafka", "apache-kafka-testing", "django", "django-testing"]
    assert found.resolve("Testing") is None


def test_references_are_found_by_every_rule() -> None:
    found = together(
        a=reading(
            "A", ("Typing in Python", "Type annotations"), "CS 101: Programming", "Apache Kafka", "Caching strategies"
        ),
        b=reading("B", "Test-driven development (TDD)"),
    )
    kinds = ("Type annotations", "type-annotations", "CS101", "cs-101", "kafka", "TDD", "caching strategy")
    assert [found.resolve(text) for text in kinds] == [
        "typing-in-python", "typing-in-python", "cs-101-programming", "cs-101-programming", "apache-kafka",
        "test-driven-development", found.topic_ids["s:a", "t4"],
    ]  # fmt: skip


def test_notes_are_found_by_file_name_and_path() -> None:
    found = identify(
        [
            ("s:python/type-hints.md", reading("T", "Annotating your code", family="vault")),
            ("s:python/loops.md", reading("L", "Iteration", family="vault")),
            ("s:music/loops.md", reading("M", "Looped samples", family="vault")),
        ],
        Earlier(),
    )
    assert found.resolve("type-hints") == found.resolve("python/type-hints") == "annotating-your-code"
    assert found.resolve("../python/type-hints.md") == found.resolve("type-hints#why") == "annotating-your-code"
    assert found.resolve("loops") is None
    assert (found.resolve("python/loops"), found.resolve("music/loops")) == ("iteration", "looped-samples")


def test_a_slash_in_a_title_is_no_folder() -> None:
    found = together(a=reading("A", "IP", "C", "CD"))
    assert found.resolve("TCP/IP") is None
    assert found.resolve("CI/CD") is None
    assert found.resolve("C#") is None


def test_a_generic_reference_is_found_when_only_one_is_meant() -> None:
    assert together(a=reading("Django", "Deployment")).resolve("Deployment") == "django-deployment"


def test_two_references_to_what_nobody_describes_are_one_topic() -> None:
    found = together(a=reading("A", "Cloud", requires=("Object-relational mapping (ORM)",)))
    assert found.external("AWS S3") == found.resolve("Amazon S3") == "aws-s3"
    first = found.external("Object-relational mapping")
    assert found.resolve("ORM") == found.resolve("object relational mappings") == first


def test_ids_stay_when_titles_are_joined_and_come_apart_again() -> None:
    apart = together(a=reading("A", "TDD"), b=reading("B", "Test-driven development"))
    earlier = Earlier(register=apart.names)
    joined = identify(
        [
            ("s:a", reading("A", "TDD")),
            ("s:b", reading("B", "Test-driven development")),
            ("s:c", reading("C", "Test-driven development (TDD)")),
        ],
        earlier,
    )
    assert len(ids(joined)) == 1
    again = identify(
        [("s:a", reading("A", "TDD")), ("s:b", reading("B", "Test-driven development"))], Earlier(joined.names)
    )
    assert again.topic_ids == apart.topic_ids


def test_of_two_ids_the_one_somebody_has_a_state_on_stays() -> None:
    register = {"TDD": "tdd", "test driven development": "test-driven-development"}
    readings = [("s:a", reading("A", "Test-driven development (TDD)")), ("s:b", reading("B", "TDD"))]
    for held in register.values():
        assert ids(identify(readings, Earlier(register, held={held}))) == [held]


def test_widest_form_of_what_has_no_letters() -> None:
    assert widest_form("🚀", {}) == "🚀"
