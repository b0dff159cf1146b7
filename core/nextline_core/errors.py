"""The errors of the core, one tree.

Each carries the id of the record that caused it where there is one.
"""

from __future__ import annotations


class NextlineError(Exception):
    """Base of every error that nextline raises on purpose.

    ``record`` names the rule, option or fact at fault.
    """

    def __init__(self, text: str, record: str = "") -> None:
        super().__init__(f"{record}: {text}" if record else text)
        self.record = record


class RuleError(NextlineError):
    """A rule that cannot be compiled: an unknown fact, an impossible condition, an operator that does not fit."""


class TooManyLiterals(RuleError):
    """The rule base needs more distinct conditions than a packed row can hold."""
