"""Judges an answer by an example's expectations.

Knows regimens by their drugs alone, and nothing of the product's rules.
"""

from __future__ import annotations

from pathlib import Path

import yaml

_DATA = yaml.safe_load((Path(__file__).parent / "regimens.yaml").read_text())
_SETS = {name: frozenset(members) for name, members in _DATA["sets"].items()}


def regimens(drugs):
    """The regimen ids that a list of drugs counts as."""
    given = frozenset(d.lower() for d in drugs) - frozenset(_DATA["ignored"])
    return {name for name, forms in _DATA["regimens"].items() if any(_fills(given, form) for form in forms)}


def _fills(given, form):
    places = [_SETS.get(place, frozenset([place])) for place in form if place != "+more"]
    extra = _SETS["CHEMOTHERAPY"] if "+more" in form else frozenset()
    return _assign(given, places, extra)


def _assign(left, places, extra):
    if not places:
        return left <= extra
    return any(_assign(left - {drug}, places[1:], extra) for drug in left & places[0])


def _wanted(ids):
    return {regimen for identifier in ids for regimen in _DATA["groups"].get(identifier, [identifier])}


def judge(example, answer):
    """Everything in which ``answer`` departs from what ``example`` expects; empty where it meets it."""
    expect = example["expect"]
    blocked = [p for p in answer["problems"] if p["blocking"]]
    if expect["behaviour"] == "refuse":
        return [] if blocked and not answer["options"] else ["was not refused"]
    if blocked:
        return [f"was refused: {blocked[0]['text']}"]
    options = [(option, regimens(option["drugs"])) for option in answer["options"]]
    return [
        *_missing(expect, options),
        *_first(expect, options),
        *_forbidden(expect, options),
        *_unsaid(expect, answer),
    ]


def _missing(expect, options):
    for group in expect["must_include"]:
        wanted = _wanted(group["any_of"])
        if not any(
            found & wanted
            and o["band"] not in ("unavailable", "supportive")
            and (o["status"] == "applies" or group.get("conditional"))
            for o, found in options
        ):
            yield f"lacks {group['any_of']}"


def _first(expect, options):
    if expect["should_rank_first"]:
        wanted = _wanted(expect["should_rank_first"]["any_of"])
        first = next(((o, found) for o, found in options if o["status"] == "applies"), None)
        if first is None or not first[1] & wanted:
            yield f"{first[0]['id'] if first else 'nothing'} is first, not {expect['should_rank_first']['any_of']}"


def _forbidden(expect, options):
    for entry in expect["must_not_include"]:
        wanted, conditional = _wanted([entry["id"]]), _wanted(entry.get("conditional", []))
        for o, found in options:
            if not found & wanted or o["band"] not in ("preferred", "consider"):
                continue
            if o["status"] == "possible" and found & conditional:
                continue
            if entry.get("without_suppression") and "ovarian suppression" in o["drugs"]:
                continue
            yield f"{o['id']} stands in {o['band']} ({o['status']}): {entry['reason']}"


def _unsaid(expect, answer):
    said = [f"{row['code']} {row['text']}" for row in answer["flags"]]
    said += [f"{c['code']} {c['text']}" for o in answer["options"] for c in o["cautions"]]
    said += [fact["text"] for row in answer["ruled_out"] for fact in row["because"]]
    said += [f"{p['code']} {p['text']}" for p in answer["problems"]]
    text = " ".join(said).lower()
    facts = " ".join(
        [t["fact"] for t in answer["tests"]] + [n["fact"] for o in answer["options"] for n in o["needs"]]
    ).lower()
    for flag in expect["must_flag"]:
        if not flag["required"]:
            continue
        name = flag["id"].partition(":")[2]
        if flag["kind"] == "missing_test":
            heard = any(word in facts for word in _DATA["tests"].get(name, [name.lower()]))
        else:
            heard = any(word.lower() in text for word in _DATA["words"].get(name, name.split("_")))
        if not heard:
            yield f"does not say {flag['id']}"
