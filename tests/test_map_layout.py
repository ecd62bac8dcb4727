"""Positions: the same every time, requirements first, nothing on top of anything, cycles and odd ids welcome."""

from itertools import combinations

import pytest

from app.map import layout as module
from app.map.layout import CARD_HEIGHT, CARD_WIDTH, MAX_NODES, Direction, Edge, Layout, layout

DIAMOND: list[Edge] = [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("a", "d")]
BOTH: list[Direction] = ["down", "right"]


def overlapping(placed: Layout) -> list[tuple[str, str]]:
    return [
        (a, b)
        for (a, (ax, ay)), (b, (bx, by)) in combinations(placed.positions.items(), 2)
        if abs(ax - bx) < CARD_WIDTH and abs(ay - by) < CARD_HEIGHT
    ]


@pytest.mark.parametrize("direction", BOTH)
def test_requirements_come_first(direction: Direction) -> None:
    placed = layout("abcd", DIAMOND, direction)
    axis = 1 if direction == "down" else 0
    for a, b in DIAMOND:
        assert placed.positions[a][axis] < placed.positions[b][axis]


@pytest.mark.parametrize("direction", BOTH)
def test_nothing_overlaps_and_all_is_inside(direction: Direction) -> None:
    nodes = [f"t{i}" for i in range(60)]
    edges = [(f"t{i // 3}", f"t{i}") for i in range(1, 50)]
    placed = layout(nodes, edges, direction)
    assert overlapping(placed) == []
    for x, y in placed.positions.values():
        assert CARD_WIDTH // 2 <= x <= placed.width - CARD_WIDTH // 2
        assert CARD_HEIGHT // 2 <= y <= placed.height - CARD_HEIGHT // 2


def test_order_of_the_input_does_not_matter() -> None:
    module._layout.cache_clear()
    first = layout("abcd", DIAMOND, "down")
    module._layout.cache_clear()
    assert layout("dcba", DIAMOND[::-1], "down") == first


def test_the_same_structure_is_placed_once() -> None:
    assert layout("abcd", DIAMOND, "down") is layout("bcda", [*DIAMOND, DIAMOND[0]], "down")


@pytest.mark.parametrize("direction", BOTH)
def test_long_edges_bend_around_cards(direction: Direction) -> None:
    placed = layout("abcd", [("a", "b"), ("b", "c"), ("c", "d"), ("a", "d")], direction)
    bends = placed.bends["a", "d"]
    assert bends
    for x, y in bends:
        for card in ("b", "c"):
            cx, cy = placed.positions[card]
            assert abs(x - cx) > CARD_WIDTH / 2 or abs(y - cy) > CARD_HEIGHT / 2 - 1
    assert ("a", "b") not in placed.bends


@pytest.mark.parametrize("direction", BOTH)
@pytest.mark.parametrize(
    "edges", [[("a", "b"), ("b", "a")], [("a", "b"), ("b", "c"), ("c", "a")], [("a", "a"), ("a", "b")]]
)
def test_cycles_are_no_obstacle(edges: list[Edge], direction: Direction) -> None:
    placed = layout("abc", edges, direction)
    assert set(placed.positions) == set("abc")
    assert overlapping(placed) == []


@pytest.mark.parametrize("name", ["<b>bold</b>", 'a "quoted" one', "\\N", "a\nb", "数据", "", "node", "a:b", "-> x"])
def test_ids_may_hold_anything(name: str) -> None:
    placed = layout([name, "other"], [(name, "other")], "down")
    assert placed.positions[name][1] < placed.positions["other"][1]


def test_edges_to_topics_outside_the_view_are_ignored() -> None:
    assert layout("ab", [("a", "b"), ("a", "elsewhere")], "down") == layout("ab", [("a", "b")], "down")


def test_unconnected_topics_form_a_block_not_a_row() -> None:
    nodes = [f"t{i}" for i in range(100)]
    placed = layout(nodes, [], "down")
    assert overlapping(placed) == []
    assert placed.width < 15 * (CARD_WIDTH + 30)


def test_nothing_and_one() -> None:
    assert layout([], [], "down") == Layout({}, {}, 0, 0)
    assert layout(["a"], [], "right") == Layout({"a": (CARD_WIDTH // 2, CARD_HEIGHT // 2)}, {}, CARD_WIDTH, CARD_HEIGHT)


def test_the_largest_view_is_placed() -> None:
    nodes = [f"t{i}" for i in range(MAX_NODES)]
    placed = layout(nodes, [(f"t{i // 2}", f"t{i}") for i in range(1, MAX_NODES)], "down")
    assert len(placed.positions) == MAX_NODES
