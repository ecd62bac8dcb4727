"""The main content of an HTML page: what is left without navigation, banners and everything around it."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

_NOISE_TAGS = frozenset(
    {
        "nav",
        "aside",
        "footer",
        "script",
        "style",
        "noscript",
        "template",
        "form",
        "button",
        "select",
        "textarea",
        "iframe",
        "svg",
        "canvas",
        "video",
        "audio",
        "dialog",
        "head",
        "object",
        "embed",
        "map",
        "math",
        "figure",
        "label",
        "menu",
    }
)
_NOISE = frozenset(
    {
        "nav",
        "navbar",
        "navigation",
        "navbox",
        "menu",
        "breadcrumb",
        "breadcrumbs",
        "cookie",
        "cookies",
        "consent",
        "gdpr",
        "share",
        "sharing",
        "social",
        "comments",
        "comment",
        "commentlist",
        "disqus",
        "newsletter",
        "subscribe",
        "subscription",
        "sidebar",
        "toc",
        "tableofcontents",
        "pagination",
        "pager",
        "advert",
        "advertisement",
        "ads",
        "modal",
        "popup",
        "byline",
        "reflist",
        "editsection",
        "skiplink",
        "headerlink",
        "permalink",
        "footer",
        "banner",
        "promo",
        "recommendations",
        "feedback",
        "rating",
        "tagcloud",
    }
)
_HIDDEN = frozenset(
    {
        "hidden",
        "sr-only",
        "visually-hidden",
        "visuallyhidden",
        "screen-reader-text",
        "d-none",
        "is-hidden",
        "noprint",
        "print-only",
    }
)
_WHOLE = frozenset(
    {
        "table-of-contents",
        "related-posts",
        "related-articles",
        "read-next",
        "up-next",
        "skip-link",
        "skip-to-content",
        "mw-editsection",
        "mw-jump-link",
        "post-meta",
        "author-bio",
        "edit-page",
        "page-nav",
        "site-header",
        "back-to-top",
    }
)
_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alert", "menu"})
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LIFTED = frozenset({"html", "body", "main", "article", "h1", "h2", "h3", "h4", "h5", "h6"})
"""Never noise by their names: a theme may call the whole page `has-sidebar`."""
MAX_CANDIDATES = 20
MIN_LENGTH = 60
"""Letters below which an element is not the content of a page."""


def main_content(soup: BeautifulSoup) -> Tag:
    """The element that holds what the page is about."""
    body = soup.body or soup
    mains = [*soup.find_all("main", limit=MAX_CANDIDATES), *soup.find_all(role="main", limit=MAX_CANDIDATES)]
    sized = [(_length(each), -at, each) for at, each in enumerate(mains[:MAX_CANDIDATES]) if not is_hidden(each)]
    found = max(sized, key=lambda each: each[:2], default=None)
    main = found[2] if found is not None and found[0] >= MIN_LENGTH else body
    articles = [each for each in main.find_all("article", limit=MAX_CANDIDATES) if each.find_parent("article") is None]
    if len(articles) == 1 and _length(articles[0]) * 2 >= _length(main):
        return articles[0]
    return main


def is_noise(tag: Tag) -> bool:
    """Whether an element is no content: by its name, its role, its class, or because it is not seen."""
    name = tag.name
    if name == "form" and tag.find(["h1", "h2", "h3"]) is not None:
        return False
    if name in _NOISE_TAGS or is_hidden(tag):
        return True
    if str(tag.get("role", "")) in _ROLES:
        return True
    if name == "header":
        return tag.find_parent(["main", "article"]) is None or tag.find(["h1", "h2"]) is None
    return name not in _LIFTED and _named_noise(tag) and tag.find(["h1", "main", "article"]) is None


def is_hidden(tag: Tag) -> bool:
    """Whether an element is not shown."""
    if tag.has_attr("hidden") or str(tag.get("aria-hidden", "")).casefold() == "true":
        return True
    return bool(_UNSEEN.search(str(tag.get("style", "")))) or not _HIDDEN.isdisjoint(_names(tag))


def only_links_inside(block: Tag) -> bool:
    """Whether a list is a table of contents: nothing but links into the same page."""
    links = block.find_all("a", href=True)
    inside = [link for link in links if str(link["href"]).startswith("#")]
    return len(inside) > 1 and len(inside) == len(links) and _length(block) == sum(map(_length, inside))


def _named_noise(tag: Tag) -> bool:
    for name in _names(tag):
        parts = [part for part in re.split(r"[-_]+", name) if part]
        if name in _WHOLE or (parts and (parts[0] in _NOISE or parts[-1] in _NOISE)):
            return True
    return False


def _names(tag: Tag) -> list[str]:
    given = [tag.get(name) for name in ("class", "id")]
    found = [part for each in given if each for part in ([each] if isinstance(each, str) else each)]
    return [str(each).casefold() for each in found]


def _length(tag: Tag) -> int:
    return sum(len(each.strip()) for each in tag.descendants if type(each) is NavigableString)
