"""`topics --merged`: which titles became one topic, by which rule, and which are perhaps the same."""

from __future__ import annotations

from collections import defaultdict

from app.services.paths import shown
from app.services.reading import stored
from app.services.reading_report import double_views
from app.views import MergedTopic, MergedView, OtherTitle
from graph.evidence import Archive
from graph.store.evidence_reader import shown_path
from graph.store.store import Store
from ingest.identity_names import clean_title, mentions_of
from ingest.reading import Reading

Ways = dict[tuple[str, str], dict[str, None]]
"""(title, rule) -> paths of the documents that write it so, in their order."""


def merged_view(store: Store) -> MergedView:
    """All topics that documents write in several ways, by title, and the likely doubles, best first."""
    outcome = stored(store)
    topics = outcome.archive.graph.topics
    found = []
    for topic_id, ways in _ways(outcome.archive).items():
        title = topics[topic_id].title
        others = tuple(OtherTitle(title=t, rule=r, documents=tuple(p)) for (t, r), p in ways.items() if t != title)
        if others:
            own = tuple(path for (written, _), paths in ways.items() if written == title for path in paths)
            found.append(MergedTopic(id=topic_id, title=title, documents=own, others=others))
    found.sort(key=lambda each: (each.title.casefold(), each.id))
    return MergedView(merged=tuple(found), perhaps=double_views(outcome.doubles, outcome.archive))


def _ways(archive: Archive) -> dict[str, Ways]:
    """Topic id -> the ways in which documents write it."""
    roots = {source.id: source.root for source in archive.sources}
    mentions = {mention.id: mention for mention in archive.mentions}
    found: dict[str, Ways] = defaultdict(dict)
    for document in archive.documents:
        path = shown(shown_path(roots[document.source_id], document.path))
        for topic, mention_id in mentions_of(document.id, Reading.from_json(document.reading)):
            mention = mentions[mention_id]
            way = clean_title(topic.title), mention.method
            found[mention.topic_id].setdefault(way, {})[path] = None
    return found
