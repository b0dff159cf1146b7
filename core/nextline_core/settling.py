"""What the compiled ranker reads of the rules: the offers of every option and the rules about it, as flat arrays.

Made once, with the rulebook. An option's place is that in the order of ids, so that the earlier place wins a tie. What
the ranker makes of these arrays is what ``assess`` and ``rank`` make of the rules themselves.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence

from .assess import BAND_ORDER, band_of, strength_of, topic_of
from .errors import RuleError
from .forms import leaves
from .rank import leads as leading
from .rulebook import Rule, Rulebook

# What a rule does to an option that it is about; the compiled ranker knows these numbers.
EXCLUDES, HOLDS, WARNS, ASKS, ADDS, TELLS = 1, 2, 4, 8, 16, 32
MOST_TOPICS = 64


class Settling:
    """The arrays, of unsigned 32-bit numbers where nothing else is said.

    ``NAME`` holds the entries of all options, rules or literals one behind the other; those of the k-th begin at
    ``NAME_start[k]`` and end where the next begin.
    """

    def __init__(self, book: Rulebook) -> None:
        self.ids = tuple(sorted(book.options))
        self.place_of = {option: place for place, option in enumerate(self.ids)}
        rules, grades = book.rules, book.once(graded)
        offers = [sorted(book.offers[option], key=lambda n: (grades[n], n)) for option in self.ids]
        about = [book.about[option] for option in self.ids]
        leads = [book.once(leading).get(number, ()) for number in range(len(rules))]
        settles: list[list[int]] = [[] for _ in rules]
        asks: list[list[int]] = [[] for _ in book.table.literals]
        compares: list[list[int]] = [[] for _ in book.table.literals]
        for place, numbers in enumerate(offers):
            for number in (*numbers, *about[place]):
                settles[number].append(place)
            for leaf in {leaf for number in numbers for leaf in leads[number]}:
                compares[leaf].append(place)
        for number, rule in enumerate(rules):
            for leaf in leaves(rule.form):
                asks[leaf].append(number)
        self.offers_start, self.offers = _joined(offers)
        self.about_start, self.about = _joined(about)
        self.does = array("I", (does for numbers in about for does in _does([rules[n] for n in numbers]))).tobytes()
        self.settles_start, self.settles = _joined(settles)
        self.leads_start, self.leads = _joined(leads)
        self.asks_start, self.asks = _joined(asks)
        self.compares_start, self.compares = _joined(compares)
        self.grades = array("I", (grades.get(number, 0) for number in range(len(rules)))).tobytes()
        self.supportive = bytes(book.options[option].supportive for option in self.ids)
        """one byte per option"""


def grade(offer: Rule) -> int:
    """Band and strength of an offer in one number, the best lowest."""
    return BAND_ORDER[band_of(offer)] << 8 | strength_of(offer)


def graded(book: Rulebook) -> Mapping[int, int]:
    """The grade of every offer."""
    return {number: grade(rule) for number, rule in enumerate(book.rules) if rule.kind == "offer"}


def _does(about: Sequence[Rule]) -> Iterable[int]:
    """What each rule about one option does to it: a set of the numbers above, its band, and the place of its topic."""
    topics: dict[str, int] = {}
    for rule in about:
        does = {"exclude": EXCLUDES, "hold": HOLDS, "companion": ADDS}.get(rule.kind, 0)
        if rule.kind == "caution" and rule.body["severity"] == "major":
            does |= WARNS
        if "if_unknown" in rule.body:
            does |= TELLS | (ASKS if rule.body["if_unknown"]["severity"] == "major" else 0)
        band = BAND_ORDER[band_of(rule)] if rule.kind == "hold" else 0
        topic = topics.setdefault(topic_of(rule), len(topics)) if does & (WARNS | ASKS) else 0
        if topic >= MOST_TOPICS:
            raise RuleError(f"more than {MOST_TOPICS} topics of major cautions about one option", rule.id)
        yield does | band << 8 | topic << 16


def _joined(rows: Iterable[Iterable[int]]) -> tuple[bytes, bytes]:
    """Rows one behind the other, and where each begins; one more start is the end."""
    starts, items = array("I", (0,)), array("I")
    for row in rows:
        items.extend(row)
        starts.append(len(items))
    return starts.tobytes(), items.tobytes()
