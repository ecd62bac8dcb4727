"""Which forms stand for one topic: a union-find over forms that never joins what the data list keeps apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from graph.titles import never_groups, normal_form
from ingest.identity_names import Named
from ingest.identity_rules import ALIAS


class Classes:
    """Forms of the widest rule, joined where a document says that two are one."""

    def __init__(self, named: Sequence[Named]) -> None:
        self._named = named
        self._leader = {name.key: name.key for name in named}
        self._forms: dict[str, set[str]] = defaultdict(set)
        self._short: dict[str, str] = {}
        self.rules: dict[str, str] = {}
        """Form -> the rule that joined it to others."""
        for name in named:
            self._forms[name.key].add(name.form)
            self._short.setdefault(name.form, name.key)

    def __contains__(self, form: str) -> bool:
        return form in self._leader

    def find(self, form: str) -> str:
        """The form that stands for a class."""
        path = []
        while self._leader[form] != form:
            path.append(form)
            form = self._leader[form]
        for passed in path:
            self._leader[passed] = form
        return form

    def form_of(self, title: str) -> str:
        """The form under which a title is known here."""
        form = normal_form(title)
        return self._short.get(form, form)

    def join(self, form: str, other: str, rule: str) -> bool:
        """Make two classes one, unless the never list keeps two of their titles apart."""
        one, two = self.find(form), self.find(other)
        if one == two:
            return True
        if self._apart(one, two):
            return False
        self._leader[two] = one
        self._forms[one] |= self._forms.pop(two)
        self.rules.setdefault(form, rule)
        self.rules.setdefault(other, rule)
        return True

    def join_aliases(self) -> Mapping[tuple[str, str], str]:
        """Join each alias with the topic of that title, unless two topics claim it.

        Returns:
            (normal form, widest form) of an alias -> a form of the only class that has it.
        """
        owners: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        for name in self._named:
            for other in name.others:
                owners[other][name.key] = None
        owned = {other: next(iter(keys)) for other, keys in owners.items() if len(keys) == 1}
        for (_, key), owner in owned.items():
            if key in self._leader:
                self.join(owner, key, ALIAS)
        return owned

    def members(self) -> Mapping[str, Sequence[Named]]:
        """The names of each class, in the documents' order."""
        found: dict[str, list[Named]] = defaultdict(list)
        for name in self._named:
            found[self.find(name.key)].append(name)
        return found

    def _apart(self, one: str, two: str) -> bool:
        """Looks only at titles of the never list, so it stays cheap however large a class grows."""
        groups = {form: never_groups(form) for form in self._forms[one] if never_groups(form)}
        return any(
            groups[form] & never_groups(other) and form != other for form in groups for other in self._forms[two]
        )
