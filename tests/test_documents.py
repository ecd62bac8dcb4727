"""Walking and decoding: mistakes are values, and nothing stops the others."""

from __future__ import annotations

import codecs
import hashlib
import os
from pathlib import Path

import pytest

from ingest.documents import MAX_BYTES, Found, decode, walk
from ingest.repair import Repaired, repair


def put(path: Path, content: str | bytes = "# A\n\n- B\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def codes(found: Found) -> list[str]:
    return [problem.code for problem in found.problems]


def test_folder_is_walked_in_sorted_order(tmp_path: Path) -> None:
    for name in ("b.md", "a/z.markdown", "a/c.txt", "a/picture.png"):
        put(tmp_path / "docs" / name)
    found = walk([tmp_path / "docs"])
    shown = (tmp_path / "docs").as_posix()
    assert [document.path for document in found.documents] == [
        f"{shown}/{name}" for name in ("a/c.txt", "a/z.markdown", "b.md")
    ]
    assert found.problems == ()
    assert {document.root for document in found.documents} == {(tmp_path / "docs").resolve()}
    assert all(document.file.is_absolute() for document in found.documents)
    assert [document.family for document in found.documents] == ["text", "markdown", "markdown"]


def test_paths_stay_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "docs" / "b.md")
    monkeypatch.chdir(tmp_path)
    assert [each.path for each in walk([Path("docs")]).documents] == ["docs/b.md"]
    assert [each.path for each in walk([Path("docs/b.md")]).documents] == ["docs/b.md"]
    assert [each.path for each in walk([Path()]).documents] == ["docs/b.md"]


def test_hidden_and_installed_things_are_skipped(tmp_path: Path) -> None:
    for name in (".git/a.md", ".obsidian/b.md", "node_modules/c.md", ".venv/d.md", ".hidden.md", "kept.md"):
        put(tmp_path / name)
    assert [document.file.name for document in walk([tmp_path]).documents] == ["kept.md"]


def test_file_met_twice_is_read_once(tmp_path: Path) -> None:
    file = put(tmp_path / "a.md")
    assert len(walk([tmp_path, file, file]).documents) == 1


def test_hash_is_of_the_bytes(tmp_path: Path) -> None:
    raw = codecs.BOM_UTF8 + b"# A\r\n"
    assert walk([put(tmp_path / "a.md", raw)]).documents[0].sha256 == hashlib.sha256(raw).hexdigest()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("nul.md", b"# A\x00\x01", "not-text"),
        ("image.txt", b"\x89PNG\r\n\x1a\n\x00", "not-text"),
        ("broken16.md", codecs.BOM_UTF16_LE + b"a", "not-text"),
        ("nothing.md", b"", "empty"),
        ("blank.md", b" \n\n", "empty"),
        ("bom.md", codecs.BOM_UTF8, "empty"),
    ],
)
def test_files_without_text_are_problems(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    put(tmp_path / name, content)
    put(tmp_path / "good.md")
    found = walk([tmp_path])
    assert codes(found) == [code]
    assert found.problems[0].path.endswith(name)
    assert [document.file.name for document in found.documents] == ["good.md"]


def test_too_large_file_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "large.md"
    with file.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    assert codes(walk([file])) == ["too-large"]


def test_missing_file_and_unknown_suffix(tmp_path: Path) -> None:
    picture = put(tmp_path / "a.png")
    found = walk([tmp_path / "none.md", picture])
    assert codes(found) == ["not-found", "unknown-suffix"]
    assert found.documents == ()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there, and there are no pipes")
def test_unreadable_files_are_problems_and_the_others_are_read(tmp_path: Path) -> None:
    """Links that go round in a circle, and a pipe that nobody writes to."""
    put(tmp_path / "good.md")
    (tmp_path / "one.md").symlink_to(tmp_path / "two.md")
    (tmp_path / "two.md").symlink_to(tmp_path / "one.md")
    os.mkfifo(tmp_path / "pipe.md")
    found = walk([tmp_path])
    assert sorted(codes(found)) == ["unreadable", "unreadable", "unreadable"]
    assert [document.file.name for document in found.documents] == ["good.md"]


@pytest.mark.skipif(os.name == "nt", reason="needs a privilege there")
def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    put(tmp_path / "outside" / "x.md")
    put(tmp_path / "docs" / "y.md")
    (tmp_path / "docs" / "link.md").symlink_to(tmp_path / "outside" / "x.md")
    (tmp_path / "docs" / "folder").symlink_to(tmp_path / "outside")
    (tmp_path / "docs" / "inside.md").symlink_to(tmp_path / "docs" / "y.md")
    (tmp_path / "docs" / "gone.md").symlink_to(tmp_path / "docs" / "nowhere.md")
    found = walk([tmp_path / "docs"])
    assert sorted(codes(found)) == ["link-outside", "link-outside", "unreadable"]
    assert {document.file.name for document in found.documents} == {"y.md", "inside.md"}


@pytest.mark.parametrize(
    "raw",
    [
        "Größe – ok\n".encode(),
        codecs.BOM_UTF8 + "Größe – ok\n".encode(),
        codecs.BOM_UTF16_LE + "Größe – ok\n".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "Größe – ok\n".encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8-bom", "utf-16-le", "utf-16-be"],
)
def test_encodings(raw: bytes) -> None:
    assert decode(raw) == ("Größe – ok\n", ())


def test_legacy_encoding_is_read_with_a_warning() -> None:
    text, problems = decode("Größe – ok\n".encode("cp1252"))
    assert text == "Größe – ok\n"
    assert [(problem.severity, problem.code) for problem in problems] == [("warning", "not-utf8")]


def test_line_ends_become_lf_and_nbsp_stays() -> None:
    assert decode(b"a\r\nb\rc\xc2\xa0d\n")[0] == "a\nb\nc\u00a0d\n"


NOTE = "---\ntitle: {0}\n---\n# {0}\n\nrequires:: [[Other]]\n"


def test_folder_of_linked_notes_is_a_vault(tmp_path: Path) -> None:
    for name in ("a", "b", "sub/c"):
        put(tmp_path / "vault" / f"{name}.md", NOTE.format(name))
    found = walk([tmp_path])
    assert [document.text.vault for document in found.documents] == [True, True, True]
    assert {document.vault_root for document in found.documents} == {tmp_path.resolve()}


def test_vault_beside_other_documents(tmp_path: Path) -> None:
    for name in ("one", "two", "three", "four"):
        put(tmp_path / f"{name}.md", "# A\n\n## B\n\n- C\n")
    for name in ("a", "b", "c", "index"):
        put(tmp_path / "vault" / f"{name}.md", NOTE.format(name))
    found = walk([tmp_path])
    assert {document.file.parent.name for document in found.documents if document.text.vault} == {"vault"}
    assert {document.vault_root for document in found.documents} == {None, (tmp_path / "vault").resolve()}


def test_two_notes_are_no_vault(tmp_path: Path) -> None:
    for name in ("a", "b"):
        put(tmp_path / f"{name}.md", NOTE.format(name))
    assert not any(document.text.vault for document in walk([tmp_path]).documents)


def test_note_given_by_itself_knows_its_vault(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        put(tmp_path / f"{name}.md", NOTE.format(name))
    (document,) = walk([tmp_path / "b.md"]).documents
    assert (document.text.vault, document.vault_root) == (True, tmp_path.resolve())


def read(tmp_path: Path, text: str) -> tuple[tuple[str, ...], list[tuple[str, int]]]:
    found = walk([put(tmp_path / "a.md", text)])
    return found.documents[0].text.lines, [(problem.code, problem.line) for problem in found.problems]


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("# ðŸš€ Start", "# 🚀 Start"),
        ("itâ€™s â€œCafÃ©â€\u009d", "it’s “Café”"),
        ("Ã©tÃ©, voilÃ  le thÃ©", "été, voilà le thé"),
        ("â\x80\x99", "’"),
        ("Ð¢ÐµÐ¼Ð° 1", "Тема 1"),
        ("GrÃ¶ÃŸe â€“ Ã¼ber", "Größe – über"),
    ],
)
def test_letters_of_a_wrong_encoding_are_repaired_and_reported(tmp_path: Path, broken: str, mended: str) -> None:
    lines, problems = read(tmp_path, f"# A\n\n{broken}\nCafé\n{broken}\n")
    assert lines == ("# A", "", mended, "Café", mended)
    assert problems == [("encoding-repaired", 3)]


@pytest.mark.parametrize(
    "line",
    [
        "# Größe – naïve “Café” São Ângela Île © 2020",
        "Ã, Â and ð are letters",
        "मन\u200dत्र and 👩\u200d💻",
        "# \u202bعربي שלום\u202c",
        "a\u2028b\u2029c\u0085d\x0be\x0cf\x1cg",
        "x \ufeff y",
        "Тема № 1 — Ќ",
        "日本語の見出し",
        "Ž«» ‘’ “„ €5 ÄÖÜ",
    ],
)
def test_letters_in_order_stay_and_count_as_one_line(tmp_path: Path, line: str) -> None:
    lines, problems = read(tmp_path, f"# A\n{line}\n- B\n")
    assert lines == ("# A", line, "- B")
    assert problems == []


def test_only_the_broken_line_changes(tmp_path: Path) -> None:
    odd = "ﬁne … \x0b “quoted” ＡＢ \u2028 x"
    lines, _ = read(tmp_path, f"{odd}\nCafÃ©\u2028{odd}\n")
    assert lines == (odd, f"Café\u2028{odd}")


def test_repair_never_makes_a_line(tmp_path: Path) -> None:
    lines, problems = read(tmp_path, "â€¨ Ã© \u00c2\u0085\n\u00c0\u0080Ã©\nB\n")
    assert len(lines) == 3
    assert not any(sign in "".join(lines) for sign in "\n\r\x00")
    assert problems == [("encoding-repaired", 1)]


def test_mark_at_the_beginning_of_a_later_line_is_dropped(tmp_path: Path) -> None:
    """Two files that were put behind one another."""
    lines, problems = read(tmp_path, "\ufeff# A\n\ufeff# B\n")
    assert lines == ("# A", "# B")
    assert problems == [("encoding-repaired", 2)]


def test_legacy_bytes_of_broken_letters_are_both_reported() -> None:
    text, problems = decode("CafÃ© Größe\n".encode("cp1252"))
    assert text == "Café Größe\n"
    assert [problem.code for problem in problems] == ["not-utf8", "encoding-repaired"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_wide_encodings_and_nul_signs_in_them(encoding: str) -> None:
    assert decode("Größe\r# B\r\n".encode(encoding)) == ("Größe\n# B\n", ())
    assert [problem.code for problem in decode("a\x00b".encode(encoding))[1]] == ["not-text"]


def test_surrogates_are_no_utf8() -> None:
    assert [problem.code for problem in decode("a \ud800 b".encode("utf-8", "surrogatepass"))[1]] == ["not-utf8"]
    assert [problem.code for problem in decode(codecs.BOM_UTF16_LE + b"\x00\xd8a\x00")[1]] == ["not-text"]


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_line_numbers_do_not_depend_on_line_ends(tmp_path: Path, end: str) -> None:
    lines, _ = read(tmp_path, end.join(["# A", "x\u2028y", "", "- B\x0c", "- C"]) + end)
    assert lines == ("# A", "x\u2028y", "", "- B\x0c", "- C")


def test_a_long_broken_line_stays_and_a_large_text_is_looked_at_quickly() -> None:
    text = "Ã©" * 10_001
    assert repair(text) == Repaired(text)
    assert repair("Größe\n" * 100_000).changed == 0
