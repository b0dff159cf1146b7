"""Search over the real store: what a clinician types, mistypes and abbreviates."""

import pytest

from nextline_db.words import distance, simplified


@pytest.fixture(scope="module")
def find(engine):
    def ids(words, limit=10):
        return [hit.id for hit in engine.store.search(words, limit)]

    return ids


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Enhertu", "trastuzumab_deruxtecan"),
        ("t-dm1", "trastuzumab_emtansine"),
        ("elacestrant", "elacestrant"),
        ("elacestrnat", "elacestrant"),
        ("capasitabine", "capecitabine"),
        ("NCT03778931", "emerald"),
        ("destiny breast04", "destiny-breast04"),
        ("destinybreast04", "destiny-breast04"),
        ("kisq", "ribociclib"),
    ],
)
def test_the_first_hit(find, words, first):
    assert find(words)[0] == first


def test_british_and_american_spelling_find_the_same(find):
    assert find("diarrhoea alpelisib") == find("diarrhea alpelisib") != []
    assert find("hyperglycaemia") == find("hyperglycemia") != []


def test_a_brand_finds_what_is_said_of_the_drug(find):
    assert any(hit.startswith("ribociclib.") for hit in find("kisqali qt"))


def test_all_words_count(engine):
    titles = [hit.title.lower() for hit in engine.store.search("neutropenia sacituzumab", 5)]
    assert len(titles) == 5
    assert all("neutropenia" in title and "sacituzumab" in title for title in titles)
    assert engine.store.search("neutropenia sacituzumab letrozole") == []


def test_a_mended_word_is_told(engine):
    assert engine.store.search("elacestrnat")[0].mended == (("elacestrnat", "elacestrant"),)
    assert engine.store.search("elacestrant")[0].mended == ()


@pytest.mark.parametrize(
    "words", ["", "   ", "?!", '"', "a OR b NOT (", "xyzzyplugh", "*" * 500, "' ; DROP TABLE results --"]
)
def test_nothing_breaks_the_search(engine, words):
    assert isinstance(engine.store.search(words), list)


def test_folding():
    assert simplified("Diarrhoea") == simplified("diarrhea")
    assert simplified("œdème") == simplified("oedeme")
    assert simplified("PI3Kα") == "pi3kalfa"
    assert simplified("T-DXd p.D538G") == "t dxd p.d538g"


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [("abc", "abc", 0), ("abc", "acb", 1), ("abc", "abd", 1), ("abc", "xyz", 3), ("kitten", "sitting", 3)],
)
def test_distance(one, other, far):
    assert distance(one, other, 3) == far == distance(other, one, 3)
    assert distance(one, other, 0) == min(far, 1)
