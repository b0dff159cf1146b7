"""Subtype and HER2 class from whatever receptor fields are known."""

import pytest

from nextline_core.facts import receptors
from nextline_core.values import OneOf


def facts(**disease):
    return receptors.facts({"disease": disease})


@pytest.mark.parametrize(
    ("disease", "hr"),
    [
        ({"er": "positive"}, "positive"),
        ({"er": "negative", "pr": "negative"}, "negative"),
        ({"er": "negative"}, None),
        ({"er": "negative", "pr": "positive"}, "positive"),
        ({"er_percent": 1}, "positive"),
        ({"er_percent": 0, "pr_percent": 0.5}, "negative"),
        ({"hr": "negative"}, "negative"),
        ({}, None),
    ],
)
def test_hormone_receptors(disease, hr):
    assert facts(**disease).get("hr") == hr


@pytest.mark.parametrize(
    ("disease", "her2"),
    [
        ({"her2_ihc": "3+"}, "positive"),
        ({"her2_ihc": "2+", "her2_ish": "positive"}, "positive"),
        ({"her2_ihc": "2+", "her2_ish": "negative"}, "low"),
        ({"her2_ihc": "2+"}, OneOf(frozenset({"low", "positive"}))),
        ({"her2_ihc": "1+"}, "low"),
        ({"her2_ihc": "0+"}, "ultralow"),
        ({"her2_ihc": "0"}, "zero"),
        ({"her2": "negative"}, OneOf(frozenset({"low", "ultralow", "zero"}))),
        ({"her2": "negative", "her2_ihc": "1+"}, "low"),
        ({"her2": "ultralow"}, "ultralow"),
        ({"her2_ish": "negative"}, OneOf(frozenset({"low", "ultralow", "zero"}))),
        ({}, None),
    ],
)
def test_her2_class(disease, her2):
    assert facts(**disease).get("her2_class") == her2


@pytest.mark.parametrize(
    ("disease", "subtype"),
    [
        ({"er": "positive", "her2": "negative"}, "HR+/HER2-"),
        ({"er": "positive", "her2_ihc": "3+"}, "HR+/HER2+"),
        ({"hr": "negative", "her2": "positive"}, "HR-/HER2+"),
        ({"hr": "negative", "her2": "zero"}, "TNBC"),
        ({"hr": "negative"}, OneOf(frozenset({"HR-/HER2+", "TNBC"}))),
        ({"her2": "positive"}, OneOf(frozenset({"HR+/HER2+", "HR-/HER2+"}))),
        ({"er": "positive", "her2_ihc": "2+"}, OneOf(frozenset({"HR+/HER2-", "HR+/HER2+"}))),
        ({}, None),
    ],
)
def test_subtype(disease, subtype):
    assert facts(**disease).get("subtype") == subtype


def test_earlier_readings_are_kept_and_an_unlisted_past_stays_open():
    ever = facts(her2="zero", her2_earlier=[{"ihc": "1+"}])["her2_ever"]
    assert (ever.has("low"), ever.has("zero"), ever.has("positive")) == (True, True, False)
    assert facts(her2="zero")["her2_ever"].has("low") is None
