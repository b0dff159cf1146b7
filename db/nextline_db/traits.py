"""What a patient may prefer of a regimen, worked out from curated records: tablets only, few visits, hair kept."""

from __future__ import annotations

from collections.abc import Iterator

from .ladder import Ladder
from .load import Corpus
from .models.rules import Option

_FEW_VISITS = 1
_HAIR_LOSS_PERCENT = 20


def of(option: Option, corpus: Corpus, ladder: Ladder) -> Iterator[str]:
    """The traits an option surely has; what is not known is not among them."""
    routes = {_route(drug, corpus, ladder) for drug in option.drugs}
    if routes == {"oral"}:
        yield "tablets"
    if routes == {"oral"} or (option.visits_in_4_weeks is not None and option.visits_in_4_weeks <= _FEW_VISITS):
        yield "few-visits"
    hair_loss = [
        event.percent
        for event in corpus.adverse_events
        if event.percent is not None
        and event.grade == "any"
        and event.event.casefold() == "alopecia"
        and _named(event.regimen) == sorted(ladder.names[drug].casefold() for drug in option.drugs)
    ]
    if hair_loss and max(hair_loss) < _HAIR_LOSS_PERCENT:
        yield "keep-hair"


def _route(drug: str, corpus: Corpus, ladder: Ladder) -> str | None:
    """The route of a drug; of a class, the one that all its members share."""
    members = [d.route for d in corpus.drugs if d.id == drug or (drug in ladder.classes and drug in ladder.of([d.id]))]
    return members[0] if members and len(set(members)) == 1 else None


def _named(regimen: str) -> list[str]:
    return sorted(part.strip().casefold() for part in regimen.partition("(")[0].split("+"))
