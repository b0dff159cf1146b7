"""Condition trees: parsing, exact logic, reasons."""

import pytest

from nextline_core.conditions import Atom, Literal, evaluate, leaves_where, literals, parse
from nextline_core.errors import RuleError


def tree(written, **named):
    return parse(written, lambda name: named[name], "a-rule")


LINE = {"fact": "line", "at_least": 2}
ESR1 = {"fact": "biomarkers.ESR1", "is": "positive"}


def test_not_is_pushed_to_the_leaves():
    parsed = tree({"not": {"all": [LINE, {"not": ESR1}]}})
    assert list(literals(parsed)) == [
        Literal(Atom("line", "at_least", 2), False),
        Literal(Atom("biomarkers.ESR1", "is", "positive")),
    ]


def test_named_conditions_are_looked_up():
    assert tree({"see": "later"}, later=LINE) == tree(LINE)


def test_x_or_not_x_stays_unknown_while_x_is_unknown():
    either = tree({"any": [ESR1, {"not": ESR1}]})
    assert evaluate(either, {}) is None
    assert evaluate(either, {"biomarkers.ESR1": "negative"}) is True


@pytest.mark.parametrize(
    "written",
    [
        {},
        {"fact": "line"},
        {"fact": "line", "at_least": 2, "below": 4},
        {"all": []},
        {"fact": "line", "over": 2},
        {"any": [{"fact": 3, "is": 1}]},
        {"all": "x"},
        {"not": [LINE]},
        {"not": "x"},
        [LINE],
        {"fact": "line", "in": 2},
        {"fact": "line", "in": []},
        {"fact": "line", "in": [[1]]},
        {"fact": "line", "is": {"a": 1}},
        {"fact": "line", "at_least": [1, 2]},
        {"fact": "biomarkers.ESR1", "is": None},
    ],
)
def test_what_is_no_condition_is_refused(written):
    with pytest.raises(RuleError, match="a-rule"):
        tree(written)


def test_reasons_and_deciding_leaves():
    both = tree({"all": [LINE, {"any": [ESR1, {"fact": "biomarkers.PIK3CA", "is": "positive"}]}]})
    facts = {"line": 2, "biomarkers.PIK3CA": "negative"}
    assert [leaf.atom.fact for leaf in leaves_where(both, facts, None)] == ["biomarkers.ESR1"]
    assert leaves_where(both, facts, True) == []
    refuted = {"line": 1, "biomarkers.ESR1": "negative", "biomarkers.PIK3CA": "negative"}
    assert [leaf.atom.fact for leaf in leaves_where(both, refuted, False)] == [
        "line",
        "biomarkers.ESR1",
        "biomarkers.PIK3CA",
    ]
