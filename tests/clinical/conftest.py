"""What the clinical tests look at besides the answer: the export, the text output and the page of an option."""

from __future__ import annotations

import pytest

from clinical.asking import find, flat
from clinical.coverage import remembering
from nextline_device.export import export
from nextline_device.plain import render
from nextline_device.screens import evidence_text


@pytest.fixture(scope="session")
def exported(engine):
    """The whole evidence export."""
    return export(engine.store)


@pytest.fixture(scope="session")
def records(exported):
    """Every record of the export by its id."""
    return {
        row["id"]: row for kind, rows in exported.items() if isinstance(rows, list) and kind != "rules" for row in rows
    }


@pytest.fixture(scope="session")
def answer_to(engine):
    """The answer to a profile, worked out once in a run."""
    return remembering(engine.ask)


@pytest.fixture(scope="session")
def as_text(engine, answer_to):
    """The answer to a profile as the command line prints it, in one line."""
    return lambda profile: flat(render(answer_to(profile), engine.store, engine.book))


@pytest.fixture(scope="session")
def page(engine, answer_to):
    """The evidence page of the option of these drugs, in one line."""

    def written(profile, *drugs):
        option = find(answer_to(profile), *drugs)
        assert option is not None, f"{drugs} is no option here"
        rows = evidence_text.page(option, engine.book, engine.store, 200).rows
        return flat(" ".join(row.text for row in rows))

    return written
