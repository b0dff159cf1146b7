"""Figures of one record that do not fit each other need a conflict that says so."""

from __future__ import annotations

from .. import arithmetic
from ..load import Corpus
from ..problems import Problem


def check(corpus: Corpus) -> list[Problem]:
    """Misfits of ratio, interval, p-value, count and percentage that no conflict explains."""
    return [
        corpus.problem(
            "results", misfit.record, misfit.text, "check the figures; if the source prints them so, record a conflict"
        )
        for misfit in arithmetic.misfits(corpus)
        if not misfit.explained
    ]
