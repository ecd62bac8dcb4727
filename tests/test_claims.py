"""From claims to requirements."""

from __future__ import annotations

from archives import claim
from hypothesis import given
from hypothesis import strategies as st

from graph.claims import choice_id, requirements
from graph.evidence import Claim


def test_a_stated_hard_claim_makes_a_requirement() -> None:
    found = requirements([claim("docker", "processes", confidence=0.9, reason="A container is one.")])
    (made,) = found.requires
    assert (made.topic, made.requires, made.confidence, made.reason) == (
        "docker",
        "processes",
        0.9,
        "A container is one.",
    )
    assert (found.recommends, found.proposed, dict(found.choices)) == ((), (), {})


def test_claims_of_several_documents_add_up() -> None:
    """Two independent claims of 0.8 leave a doubt of 0.2 × 0.2."""
    found = requirements(
        [claim("a", "b", confidence=0.8), claim("a", "b", id="2", confidence=0.8, document_id="other")]
    )
    assert found.requires[0].confidence == 0.96
    assert found.requires[0].claims == 2


def test_a_copy_of_a_document_counts_once() -> None:
    claims = [claim("a", "b", confidence=0.8), claim("a", "b", id="2", confidence=0.8, document_id="copy")]
    same = {claims[0].document_id: "hash", "copy": "hash"}
    assert requirements(claims, same).requires[0].confidence == 0.8


def test_a_claim_for_the_opposite_lowers_the_confidence() -> None:
    found = requirements([claim("a", "b", confidence=0.8), claim("b", "a", confidence=0.5)])
    sure = {(each.topic, each.requires): each.confidence for each in found.requires}
    assert sure["a", "b"] == round(0.8 * (1 - 0.5 * 0.5), 4)
    assert sure["b", "a"] < 0.5


def test_soft_and_together_recommend_and_hard_outranks_them() -> None:
    claims = [claim("a", "b", strength="soft"), claim("a", "c", strength="together")]
    assert [each.requires for each in requirements(claims).recommends] == ["b", "c"]
    both = [*claims, claim("a", "b", id="hard")]
    assert [each.requires for each in requirements(both).requires] == ["b"]
    assert [each.requires for each in requirements(both).recommends] == ["c"]


def test_what_is_inferred_is_only_proposed_however_sure() -> None:
    found = requirements([claim("a", "b", origin="inferred", confidence=1.0)])
    assert found.requires == ()
    assert [each.requires for each in found.proposed] == ["b"]


def test_alternatives_are_a_choice_not_requirements() -> None:
    same = choice_id("a", ("x", "y"), 1)
    found = requirements([claim("a", option, choice_id=same, reason="Any will do.") for option in "yx"])
    assert found.requires == ()
    assert found.choices[same].options == ("y", "x")
    assert (found.choices[same].min, found.choices[same].reason) == (1, "Any will do.")
    assert choice_id("a", ("y", "x"), 1) == same


@given(
    st.permutations(
        [claim("a", "b", confidence=0.3), claim("a", "c"), claim("b", "a"), claim("c", "b", strength="soft")]
    )
)
def test_the_order_of_claims_does_not_matter(claims: list[Claim]) -> None:
    assert requirements(claims) == requirements(sorted(claims, key=lambda each: each.id))
