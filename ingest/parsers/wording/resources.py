"""Links as resources: what kind of thing a link leads to."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from ingest.parsers.wording.inline import Link
from ingest.reading import ReadResource
from ingest.words import lookup


def resources_of(links: Iterable[Link]) -> tuple[ReadResource, ...]:
    """The web addresses among the links, each once, in order."""
    found: dict[str, ReadResource] = {}
    for link in links:
        if is_external(link.url) and link.url not in found:
            title = link.text.strip()
            found[link.url] = ReadResource(url=link.url, title=title or link.url, kind=kind_of_link(link.url, title))
    return tuple(found.values())


def is_external(url: str) -> bool:
    """Whether a link leads out of the documents."""
    return url.startswith(("http://", "https://"))


def kind_of_link(url: str, title: str) -> str:
    """video, course, book, article, docs, or link when nothing tells."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return "link"
    hosts = lookup("resources", "hosts")
    for at in range(host.count(".")):
        kind = hosts.get(host.split(".", at)[-1])
        if kind is not None:
            return kind
    if host.startswith(("docs.", "doc.")):
        return "docs"
    named = lookup("resources", "words")
    return next((named[word] for word in title.casefold().replace(":", " ").split() if word in named), "link")
