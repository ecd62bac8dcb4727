"""The embedded engine alone: handles, locks, and the console's process."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from archives import chain

from graph.errors import BadStoreUrlError, StoreLockedError
from graph.store import embedded_console, embedded_handle
from graph.store.changes import difference
from graph.store.open import open_store
from graph.store.rows import Rows, to_rows
from graph.store.store import Store

HOLD = """
import sys, time
from graph.store import embedded_handle
from graph.store.open import open_store
embedded_handle.IDLE_S = 60.0
store = open_store(sys.argv[1])
store.set_profile("holder", name="Holder")
print("held", flush=True)
time.sleep(60)
"""

AT_EXIT = """
import atexit, jpype
def say():
    queue = jpype.JClass("org.jpype.ref.JPypeReferenceQueue").getInstance()
    print("running" if queue.isRunning() else "stopped")
atexit.register(say)
from graph.store import java
java.start()
"""


def filled(store: Store) -> Store:
    store.apply(difference(Rows(), to_rows(chain(["a", "b"])), 0))
    return store


def test_reading_while_the_handle_is_let_go_never_stops_for_good(
    embedded: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More readers than the Java pool has threads, arriving just when the idle handle is closed."""
    monkeypatch.setattr(embedded_handle, "IDLE_S", 0.01)
    filled(embedded)
    stop = time.monotonic() + 3
    failures: list[Exception] = []

    def read() -> None:
        while time.monotonic() < stop:
            try:
                embedded.state()
            except Exception as failure:  # noqa: BLE001 - a thread's failure would be lost otherwise
                failures.append(failure)
                return
            time.sleep(0.01)

    readers = [threading.Thread(target=read, daemon=True) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(timeout=30)
    assert not any(reader.is_alive() for reader in readers)
    assert failures == []


def test_no_thread_of_java_wants_python_when_it_ends() -> None:
    """One that did would abort the process once in a hundred times, after all its work was done."""
    done = subprocess.run([sys.executable, "-c", AT_EXIT], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "stopped\n"


def test_two_stores_on_one_folder_share_its_handle(embedded: Store, store_url: str) -> None:
    filled(embedded)
    other = open_store(store_url)
    other.mark("me", ["a"], "known")
    assert embedded.learner("me").marks == {"a": "known"}
    other.close()
    assert embedded.learner("me").marks == {"a": "known"}


def test_a_folder_another_process_keeps_is_locked_for_commands_and_for_queries(
    embedded: Store, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(embedded)
    embedded.close()
    monkeypatch.setattr(embedded_handle, "LOCK_PATIENCE_S", 0.5)
    monkeypatch.setattr(embedded_console, "OPEN_PATIENCE_S", 1.0)
    with subprocess.Popen([sys.executable, "-c", HOLD, store_url], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreLockedError):
            embedded.mark("me", ["a"], "known")
        with pytest.raises(StoreLockedError):
            embedded.console("MATCH (t:Topic) RETURN t.id AS id")
        holder.kill()
    embedded.mark("me", ["a"], "known")
    assert embedded.learner("me").marks == {"a": "known"}


def test_threads_that_found_the_folder_locked_read_it_afterwards(
    embedded: Store, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of the Java pool's threads meets the lock; none keeps anything of the openings that failed."""
    filled(embedded)
    embedded.close()
    monkeypatch.setattr(embedded_handle, "LOCK_PATIENCE_S", 0.3)
    with subprocess.Popen([sys.executable, "-c", HOLD, store_url], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with ThreadPoolExecutor(4) as threads:
            tried = [threads.submit(embedded.mark, "me", ["a"], "known") for _ in range(4)]
            assert all(isinstance(each.exception(), StoreLockedError) for each in tried)
        holder.kill()
    embedded.mark("me", ["a"], "known")
    with ThreadPoolExecutor(8) as threads:
        for learner in threads.map(lambda _: embedded.learner("me"), range(64)):
            assert learner.marks == {"a": "known"}


def test_the_consoles_answer_does_not_depend_on_the_locale(embedded: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    filled(embedded)
    table = embedded.console("RETURN 'हिंदी → 日本語' AS text")
    assert table.rows[0]["text"] == "हिंदी → 日本語"


def test_a_file_and_a_folder_of_other_things_are_no_stores(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(BadStoreUrlError):
        open_store(f"embedded://{tmp_path / 'file'}")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "letter.txt").write_text("x", encoding="utf-8")
    store = open_store(f"embedded://{tmp_path / 'folder'}")
    with pytest.raises(BadStoreUrlError):
        store.mark("me", ["a"], "known")
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("url", ["http://ada:secret@example.org", "NEO4J://ada:secret@example.org", "neo4j://[bad"])
def test_no_address_shows_a_password_and_none_is_a_crash(url: str) -> None:
    with pytest.raises(BadStoreUrlError) as bad:
        open_store(url)
    assert "secret" not in f"{bad.value}{bad.value.hint}"
