"""The tables of this folder are current, and what they say of tests is so."""

from __future__ import annotations

import re
from collections import Counter

from clinical import write_capabilities
from conftest import ROOT


def test_the_table_of_capabilities_is_current():
    assert write_capabilities.TARGET.read_text(encoding="utf-8") == write_capabilities.text()


def test_every_capability_has_a_test_or_a_place():
    known = write_capabilities.listed("capabilities.yaml")
    elsewhere = write_capabilities.listed("capabilities_elsewhere.yaml")
    tested = {found.capability for found in write_capabilities.tests()}
    assert list(known) == [f"CAP-{number:02}" for number in range(1, 84)]
    assert tested | set(elsewhere) == set(known)


def test_every_test_of_a_capability_says_its_check_and_has_a_name_of_its_own():
    found = list(write_capabilities.tests())
    assert all(test.check.endswith(".") for test in found), [t.name for t in found if not t.check.endswith(".")]
    assert [name for name, count in Counter(test.name for test in found).items() if count > 1] == []


def test_what_is_proven_elsewhere_is_there():
    for row in write_capabilities.listed("capabilities_elsewhere.yaml").values():
        file, _, name = row.get("proven", "").partition("::")
        if name:
            assert re.search(rf"^def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
