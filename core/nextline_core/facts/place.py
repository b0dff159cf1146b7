"""Facts of the place of care: whose labels hold, what can be afforded, and which drugs cannot be had."""

from __future__ import annotations

from ..catalogue import Catalogue
from ..profile import Profile, at
from ..site import Site
from ..values import Members, Value


def facts(profile: Profile, catalogue: Catalogue, site: Site) -> dict[str, Value]:
    """``site.region``, ``site.level`` where given, and ``unavailable``."""
    found: dict[str, Value] = {"site.region": site.region, "unavailable": _unavailable(profile, catalogue, site)}
    if site.level:
        found["site.level"] = site.level
    return found


def _unavailable(profile: Profile, catalogue: Catalogue, site: Site) -> Members:
    """Drugs that the profile or the site names as not to be had, and all that a given formulary leaves out; a class of
    which no member is left."""
    missing = _drugs((*(at(profile, "access.unavailable") or ()), *site.unavailable), catalogue)
    if site.available is not None:
        missing |= frozenset(catalogue.classes_of) - _drugs(site.available, catalogue)
    classes = frozenset(c for drug in missing for c in catalogue.classes_of.get(drug, ()))
    return Members(missing | frozenset(c for c in classes if catalogue.members(c) <= missing))


def _drugs(names: tuple[str, ...], catalogue: Catalogue) -> frozenset[str]:
    """Ids of the named drugs; of a class, its members and its own id."""
    found: set[str] = set()
    for name in names:
        resolved = catalogue.resolve(name)
        if resolved.drug_class:
            found |= catalogue.members(resolved.drug_class) | {resolved.drug_class}
        elif resolved.drug:
            found.add(resolved.drug)
    return frozenset(found)
