"""Three-valued conditions on known, partly known and unknown facts."""

import pytest

from nextline_core.values import Between, Members, OneOf, all_of, any_of, holds, negate

LOW_OR_ZERO = OneOf(frozenset({"low", "zero"}))


@pytest.mark.parametrize(
    ("value", "operator", "wanted", "truth"),
    [
        (None, "is", "positive", None),
        ("positive", "is", "positive", True),
        ("negative", "is", "positive", False),
        (LOW_OR_ZERO, "is", "low", None),
        (LOW_OR_ZERO, "is", "positive", False),
        (LOW_OR_ZERO, "in", ("low", "zero", "ultralow"), True),
        (LOW_OR_ZERO, "in", ("low", "positive"), None),
        (2, "at_least", 2, True),
        (2, "above", 2, False),
        (5.9, "below", 6, True),
        (6.0, "below", 6, False),
        (6, "at_most", 6, True),
        (Between(1, 2), "at_least", 2, None),
        (Between(1, 2), "at_least", 3, False),
        (Between(1, 2), "at_most", 2, True),
        (Between(1, 2), "is", 3, False),
        (Between(1, 2), "is", 2, None),
        (float("inf"), "at_most", 12, False),
        (Members(frozenset({"taxane"})), "has", "taxane", True),
        (Members(frozenset({"taxane"})), "has", "platinum", False),
        (Members(maybe=frozenset({"taxane"})), "has", "taxane", None),
        (Members(open=True), "has", "anything", None),
        (None, "known", True, False),
        (None, "known", False, True),
        (Between(1, 2), "known", True, False),
        (0, "known", True, True),
        ("text", "at_least", 2, None),
    ],
)
def test_holds(value, operator, wanted, truth):
    assert holds(value, operator, wanted) is truth


@pytest.mark.parametrize("truths", [[a, b] for a in (True, False, None) for b in (True, False, None)])
def test_kleene_connectives_against_the_order_of_truth(truths):
    """False < unknown < true; ``and`` is the minimum and ``or`` the maximum, by definition of strong Kleene logic."""
    order = {False: 0, None: 1, True: 2}
    back = {place: truth for truth, place in order.items()}
    assert all_of(truths) is back[min(order[t] for t in truths)]
    assert any_of(truths) is back[max(order[t] for t in truths)]
    assert order[negate(truths[0])] == 2 - order[truths[0]]
