"""The Java machine inside our process: started once, quiet, with an ahead-of-time cache that is trained once.

All options are fixed at the first start in a process. Every call into Java goes through one small pool of threads:
a thread that touched Java stays attached to it, and Streamlit starts a new thread with each run of a page.
"""

from __future__ import annotations

import atexit
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

T = TypeVar("T")

STALE_TRAINING_S = 300.0

_SETTINGS = {
    "arcadedb.opencypher.loadCsv.allowFileUrls": False,
    "arcadedb.opencypher.loadCsv.allowRemoteUrls": False,
    "arcadedb.command.timeout": 0,  # our own statements may be long; a user's run in a process that is killed
}
_start_lock = threading.Lock()
_pool: ThreadPoolExecutor | None = None
_closer: ThreadPoolExecutor | None = None
_inside = threading.local()
_cache_wanted = True


def in_java(work: Callable[[], T]) -> T:
    """Run `work`, which may touch Java, in the pool, and return what it returns (plain values only)."""
    if getattr(_inside, "pool", False):
        return work()
    return _running_pool().submit(work).result()


def close_in_java(close: Callable[[], None]) -> None:
    """Run a database's `close` on a thread of its own.

    Who closes holds a lock that readers inside the pool wait for: were closing to wait for a place in the pool, too,
    four readers at the wrong moment would stop the process for good.
    """
    _running_closer().submit(close).result()


def forget_failed_opening() -> None:
    """Let go of what an opening that failed left in this thread; else the next one is taken for it. Inside the pool."""
    import jpype  # noqa: PLC0415 - see start

    jpype.JClass("com.arcadedb.database.DatabaseContext").INSTANCE.removeCurrentThreadContexts()


def start() -> None:
    """Start the Java machine unless it runs already. Call inside the pool."""
    import jpype  # noqa: PLC0415 - costs 50 ms, and a process without a store never needs it

    with _start_lock:
        if not jpype.isJVMStarted():
            _start(jpype, cache_option=_cache_option())


def use_cache(*, wanted: bool) -> None:
    """Whether the ahead-of-time cache is used and trained in this process; it is unless told otherwise."""
    global _cache_wanted  # noqa: PLW0603 - one Java machine in a process, so one switch
    _cache_wanted = wanted


def cache_file() -> Path:
    """Where the ahead-of-time cache of this engine version stands."""
    from arcadedb_embedded._version import __version__  # noqa: PLC0415

    tag = f"{__version__}-{sys.platform}"
    return platformdirs.user_cache_path("skilltrail") / f"arcade-{tag}.aot"


def train_in_background() -> None:
    """Train the cache in a child process, once: it makes the next cold start about 0.6 s faster.

    The child's output goes nowhere, its result is moved into place only when complete.
    """
    target = cache_file()
    if not _cache_wanted or target.exists() or being_trained(target):
        return
    command = [sys.executable, "-P", "-m", "graph.store.train", str(target)]
    subprocess.Popen(  # noqa: S603 - our own module, our own path
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd=tempfile.gettempdir(),
    )


def being_trained(target: Path) -> bool:
    """Whether a trainer is at work on this cache; a marker that is old belongs to one that died."""
    marker = training_marker(target)
    return marker.exists() and time.time() - marker.stat().st_mtime < STALE_TRAINING_S


def training_marker(target: Path) -> Path:
    """The file that a trainer leaves while it works."""
    return target.with_suffix(".training")


def start_training(output: Path) -> None:
    """Start the Java machine so that it writes the cache to `output` when it ends."""
    import jpype  # noqa: PLC0415

    _start(jpype, cache_option=f"-XX:AOTCacheOutput={output}")


def _running_pool() -> ThreadPoolExecutor:
    global _pool  # noqa: PLW0603 - one pool in a process: Java threads never detach
    with _start_lock:
        if _pool is None:
            _pool = ThreadPoolExecutor(4, thread_name_prefix="java", initializer=_mark_inside)
        return _pool


def _running_closer() -> ThreadPoolExecutor:
    global _closer  # noqa: PLW0603 - as above
    with _start_lock:
        if _closer is None:
            _closer = ThreadPoolExecutor(1, thread_name_prefix="java-close", initializer=_mark_inside)
        return _closer


def _mark_inside() -> None:
    _inside.pool = True


def _cache_option() -> str | None:
    target = cache_file()
    return f"-XX:AOTCache={target}" if _cache_wanted and target.is_file() else None


def _start(jpype: Any, cache_option: str | None) -> None:
    import arcadedb_embedded.jvm as arcade_jvm  # noqa: PLC0415
    from jpype import config as jpype_config  # noqa: PLC0415

    jpype_config.destroy_jvm = False  # otherwise a Streamlit process can hang when it ends
    state = platformdirs.user_state_path("skilltrail", ensure_exists=True)
    logging_off = state / "logging.properties"
    if not logging_off.exists():
        logging_off.write_text("handlers=\n.level=OFF\n", encoding="utf-8")
    jars = sorted(str(jar) for jar in Path(arcade_jvm.get_jar_path()).glob("*.jar"))  # the cache checks the order
    options = [*_OPTIONS, f"-Djava.util.logging.config.file={logging_off}", f"-XX:ErrorFile={state}/hs_err_%p.log"]
    if cache_option:
        options.append(cache_option)
    jpype.startJVM(arcade_jvm.get_bundled_jre_lib_path(), *options, classpath=jars, interrupt=False)
    arcade_jvm._JVM_INTERRUPT = False  # noqa: SLF001 - tells the package that the running machine is ours
    atexit.register(_let_go, jpype, arcade_jvm._close_active_databases)  # noqa: SLF001 - its own start registers this
    settings = jpype.JClass("com.arcadedb.GlobalConfiguration")
    for key, value in _SETTINGS.items():
        settings.findByKey(key).setValue(value)


def _let_go(jpype: Any, close_databases: Callable[[], None]) -> None:
    """Before Python ends: the machine goes on running, so nothing in it may want Python any more.

    The thread that tells Python of objects that Java let go would be ended inside C++ while it waits for the
    interpreter, which aborts the process with 134 after all its work was done.
    """
    close_databases()
    jpype.JClass("org.jpype.ref.JPypeReferenceQueue").getInstance().stop()


_OPTIONS = (
    "-Xrs",  # signals stay Python's
    "-Xlog:disable",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:-UsePerfData",
    "-Xmx512m",
    "-Djava.awt.headless=true",
    "-Dfile.encoding=UTF8",
    "--enable-native-access=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
    "--add-opens=java.base/java.nio.channels.spi=ALL-UNNAMED",
    "--add-opens=java.base/java.lang=ALL-UNNAMED",
    "-Dpolyglot.engine.WarnInterpreterOnly=false",
    "-XX:+UseCompactObjectHeaders",
)
