"""Counting metastatic lines by the stated rules."""

import pytest

from nextline_core.facts import count_lines
from nextline_core.values import Between


def metastatic(line=None, ended="progression", **more):
    return {"setting": "metastatic", "drugs": ["x"], "ended": ended, **({"line": line} if line else {}), **more}


EARLY = {"setting": "adjuvant", "drugs": ["tamoxifen"], "ended": "completed"}


@pytest.mark.parametrize(
    ("profile", "line"),
    [
        ({}, None),
        ({"next_line": 3}, 3),
        ({"history": []}, 1),
        ({"history": [EARLY]}, 1),
        ({"history": [metastatic(1)]}, 2),
        ({"history": [metastatic(), metastatic()]}, 3),
        ({"history": [metastatic(1, "toxicity")]}, 2),
        ({"history": [metastatic(1, "choice")]}, 2),
        ({"history": [metastatic(1, "access")]}, 2),
        ({"history": [metastatic(1, "completed")]}, 2),
        ({"history": [metastatic(1, "ongoing")]}, 1),
        ({"history": [metastatic(1, "planned_switch")]}, 1),
        # maintenance after induction is the same line, and its own ending decides
        ({"history": [metastatic(1, "planned_switch"), metastatic(1, "progression")]}, 2),
        ({"history": [metastatic(None, "planned_switch"), metastatic(None, "progression")]}, 2),
        # an exchange within a class for toxicity, the new drug still given
        ({"history": [metastatic(1, "toxicity"), metastatic(1, "ongoing")]}, 1),
        ({"history": [metastatic(1), metastatic(2, None)], "next_line": 3}, 3),
        ({"history": [metastatic(1), metastatic(2, None)]}, Between(2, 3)),
        ({"history": [metastatic(1)], "line_override": 4}, 4),
        # a line after which another was given is used up, whatever is known of its end
        ({"history": [metastatic(1, None), metastatic(2)]}, 3),
        ({"history": [metastatic(1, None), metastatic(2, None)]}, Between(2, 3)),
        # without a number the second may be the same line or the next
        ({"history": [metastatic(None, None), metastatic()]}, Between(2, 3)),
        ({"history": [metastatic(1, None), metastatic(None, "ongoing")]}, Between(1, 2)),
        ({"history": [metastatic(None, None), metastatic(None, None)]}, Between(1, 3)),
        ({"history": [metastatic(None, None), metastatic()], "next_line": 2}, 2),
        ({"history": [metastatic(None, None), metastatic()], "next_line": 3}, 3),
    ],
)
def test_next_line(profile, line):
    assert count_lines(profile).line == line


def test_every_entry_gets_a_row_that_says_why():
    rows = count_lines(
        {"history": [EARLY, metastatic(1, "planned_switch"), metastatic(1), metastatic(2, "ongoing")]}
    ).rows
    assert [(r.entry, r.line, r.counts, r.rule) for r in rows] == [
        (0, None, False, "early_disease"),
        (1, 1, False, "same_line"),
        (2, 1, True, "ended"),
        (3, 2, False, "not_ended"),
    ]
    assert all(r.text for r in rows)
