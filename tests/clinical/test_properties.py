"""What must hold for any patient, whatever is known of them."""

from __future__ import annotations

import copy
import json
import os

import jsonschema
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from clinical import asking
from clinical.contraindications import contraindications, standing_against
from clinical.profiles import partly_known, patients
from conftest import ROOT
from nextline_core import consistency, facts
from nextline_core.answer import situation
from nextline_core.assess import known_major, ruled_out
from nextline_core.forms import truth
from nextline_core.order import changed
from nextline_core.whatif import with_value

BANDS = list(asking.BANDS)
SCHEMA = jsonschema.Draft202012Validator(
    json.loads((ROOT / "tests" / "data" / "contract" / "answer.schema.json").read_text())
)
# told by no test on purpose: what is not said to be out of reach is taken to be at hand
TAKEN_FOR_GRANTED = frozenset({"access.unavailable"})


def examples(count):
    """So many examples, the same ones each time where a machine checks.

    What fails is not made smaller: that takes minutes here, and the message says what is wrong.
    """
    return settings(
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
        max_examples=count,
        deadline=None,
        derandomize=bool(os.environ.get("CI")),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def consistent(profile, book):
    """Whether nothing in the profile contradicts another part of it."""
    return not any(problem.blocking for problem in consistency.problems(profile, book.catalogue))


def differing(before, after):
    """The facts that differ, with their new values; ``None`` for one that is not known any more."""
    return {name: after.get(name) for name in {*before, *after} if before.get(name) != after.get(name)}


def derived(profile, book):
    """The facts of a profile."""
    return facts.derive(profile, book.catalogue, facts.count_lines(profile))


def learned(known, book):
    """What is known, and for every member that could be told next: its name, and the order with it told."""
    patient, told = known
    profile = patient.told(told)
    assume(consistent(profile, book))
    before = situation(profile, book).order
    after = []
    for member in patient.members():
        more = patient.told([*told, member])
        if member not in told and member not in TAKEN_FOR_GRANTED and consistent(more, book):
            after.append((member, changed(book, before, differing(before.matched.facts, derived(more, book)))))
    return before, after


@pytest.fixture(scope="module")
def settled(engine):
    """The bits of the conditions that more knowledge must leave as they are: not those that ask what is known."""
    return sum(
        1 << place
        for place, literal in enumerate(engine.book.table.literals)
        if literal.atom.operator != "known" and literal.atom.fact != "unnamed_drug"
    )


@given(known=partly_known())
@examples(25)
def test_learning_more_only_narrows_what_was_known(engine, settled, known):
    """One more member is told: conditions known to hold or not to hold stay so, and no option that was ruled out, or
    of which every offer was known not to hold, is offered."""
    before, after = learned(known, engine.book)
    bits = before.matched.exact
    out = {row.option for row in ruled_out(engine.book, before.matched, before.standings)}
    refuted = {
        option
        for option, offers in engine.book.offers.items()
        if all(truth(engine.book.rules[number].form, bits) is False for number in offers)
    }
    for member, order in after:
        pairs = zip(engine.book.table.literals, bits.truths, order.matched.exact.truths, strict=True)
        turned = [place for place, (_, was, now) in enumerate(pairs) if was not in (None, now)]
        assert [engine.book.table.literals[place] for place in turned if settled >> place & 1] == [], member
        assert out & set(order.standings) == set(), f"{member} brings back what was ruled out"
        assert refuted & set(order.standings) == set(), f"{member} invents what was refuted"


@pytest.mark.parametrize("illness", ["autoimmune_disease_active", "organ_transplant", "immunosuppressed"])
def test_an_illness_that_is_not_told_rules_no_conjugate_out(engine, illness):
    """A conjugate that an illness opens, since no checkpoint inhibitor fits then, is not ruled out until told."""
    disease, history = {**asking.TNBC, "pd_l1_cps": 12}, [asking.given("capecitabine")]
    told = asking.profile(disease, history=history, patient={"conditions": {illness: True}})
    assert asking.applies(engine.ask(told), "datopotamab deruxtecan")
    before = engine.ask(asking.profile(disease, history=history))
    assert asking.ruled_out(before, "datopotamab deruxtecan") is None


@given(known=partly_known(), more=st.data())
@examples(60)
def test_an_answer_worked_out_from_another_equals_the_full_one(engine, known, more):
    """Telling or taking back several members at once, and asking only what that touches, changes nothing."""
    patient, told = known
    members = patient.members()
    other = [m for m in told if more.draw(st.booleans())] + more.draw(st.lists(st.sampled_from(members), max_size=6))
    first, second = patient.told(told), patient.told(other)
    assume(consistent(first, engine.book) and consistent(second, engine.book))
    before, full = (situation(profile, engine.book).order for profile in (first, second))
    quick = changed(engine.book, before, differing(before.matched.facts, full.matched.facts))
    assert quick.ids == full.ids
    assert quick.keys == full.keys
    assert quick.fits == full.fits
    assert quick.standings == full.standings
    assert quick.matched.met == full.matched.met
    assert quick.matched.values_presumed == full.matched.values_presumed


@given(known=partly_known(), pick=st.randoms(use_true_random=False))
@examples(12)
def test_what_a_counterfactual_announces_is_what_the_changed_profile_gets(engine, known, pick):
    """Gains, losses and the first option of single changes equal those of the profile with that change."""
    patient, told = known
    profile = patient.told(told)
    assume(consistent(profile, engine.book))
    before = situation(profile, engine.book).order
    rows = engine.ask(profile, what_if=True)["what_if"]
    for row in pick.sample(rows, min(4, len(rows))):
        after = situation(with_value(profile, row["fact"], row["value"]), engine.book).order
        assert row["gained"] == [o for o in after.ids if after.applies(o) and not before.applies(o)]
        assert row["lost"] == sorted(set(before.ids) - set(after.ids))
        assert row["first"] == after.first()


@given(known=partly_known(), shuffle=st.randoms(use_true_random=False))
@examples(25)
def test_the_order_of_lists_does_not_matter(engine, known, shuffle):
    """Sites, allergies, medicines, drugs not to be had and drugs within an entry may stand in any order."""
    patient, told = known
    told = [*told, "disease.sites", *(m for m in ("patient.allergies", "patient.medications") if m not in told)]
    profile = patient.told(told)
    assume(consistent(profile, engine.book))
    other = copy.deepcopy(profile)
    lists = [entry["drugs"] for entry in other.get("history", ())] + [other["disease"]["sites"]]
    lists += [other["patient"]["allergies"], other["patient"]["medications"]]
    lists += [other["access"]["unavailable"]] if "access" in other else []
    for values in lists:
        shuffle.shuffle(values)
    first, second = engine.ask(profile), engine.ask(other)
    for answer in (first, second):
        del answer["profile_digest"]
        answer["problems"].sort(key=lambda problem: problem["text"])
        for problem in answer["problems"]:
            problem["path"] = problem["path"].rpartition("/")[0]  # the place in the list is what was changed
    assert first == second


LISTS = {
    "sites": ({"disease": {**asking.HR_POSITIVE, "visceral_crisis": False}, "history": []}, "disease", "sites",
              ["bone", "liver"]),
    "allergies": ({"disease": asking.TNBC, "history": []}, "patient", "allergies", ["latex", "paclitaxel"]),
    "medicines": ({"disease": asking.HR_POSITIVE, "history": []}, "patient", "medications",
                  ["vitamin D", "ketoconazole"]),
    "not to be had": ({"disease": asking.HER2_POSITIVE, "history": []}, "access", "unavailable",
                      ["latex", "trastuzumab deruxtecan"]),
}  # fmt: skip


@pytest.mark.parametrize("case", LISTS)
def test_each_member_of_a_list_counts_wherever_it_stands(engine, case):
    """The member that matters has the same effect as the first and as the last of a list, and it has one."""
    base, group, name, (plain, weighty) = LISTS[case]

    def answer(*members):
        told = {**base, group: {**base.get(group, {}), name: list(members)}}
        found = engine.ask({"schema": asking.SCHEMA, **told})
        return {part: found[part] for part in ("options", "ruled_out", "flags")}

    assert answer(plain, weighty) == answer(weighty, plain)
    assert answer(plain, weighty) != answer(plain)


@pytest.fixture(scope="module")
def standing(engine, exported):
    """Options of a profile that stand against a contraindication that is known to hold."""
    known = contraindications(exported)

    def found(profile):
        order = situation(profile, engine.book).order
        return list(standing_against(order, known, lambda stands: known_major(engine.book, stands)))

    return found


@given(known=partly_known())
@examples(150)
def test_no_option_stands_whose_contraindication_is_known(engine, standing, known):
    """No option stands in any band while a contraindication of one of its drugs is known to hold."""
    patient, told = known
    profile = patient.told(told)
    assume(consistent(profile, engine.book))
    assert standing(profile) == []


@given(patient=patients())
@examples(60)
def test_no_option_stands_against_a_patient_known_whole(engine, standing, patient):
    """The same with everything told, so that several contraindications meet in one patient."""
    assume(consistent(patient.whole, engine.book))
    assert standing(patient.whole) == []


def check_form(answer):
    """What every answer keeps: the contract, the ranks, needs only where they decide, and one urgent flag at most."""
    SCHEMA.validate(answer)
    options = answer["options"]
    assert [option["rank"] for option in options] == list(range(1, len(options) + 1))
    assert len({option["id"] for option in options}) == len(options)
    places = [(BANDS.index(option["band"]), option["status"] != "applies") for option in options]
    assert places == sorted(places)
    for option in options:
        assert (option["needs"] == []) == (option["status"] == "applies"), option["id"]
        assert not (option["band"] == "preferred" and any(c["severity"] == "major" and not _to_check(c)
                    for c in option["cautions"])), option["id"]  # fmt: skip
    assert {row["id"] for row in answer["ruled_out"]} & {option["id"] for option in options} == set()
    assert sum(row["severity"] == "urgent" for row in answer["flags"]) <= 1
    assert options[-1]["band"] == "supportive"


def _to_check(caution):
    return "not known" in caution["text"] or "not checked" in caution["text"]


@given(known=partly_known())
@examples(30)
def test_answers_keep_their_form(engine, known):
    """Any patient gets an answer of the contract, and asking leaves the profile as it was."""
    patient, told = known
    profile = patient.told(told)
    assume(consistent(profile, engine.book))
    kept = copy.deepcopy(profile)
    check_form(engine.ask(profile))
    assert profile == kept


@pytest.mark.parametrize(
    "disease", [asking.HR_POSITIVE, asking.TNBC, asking.HER2_POSITIVE], ids=["HR+", "TNBC", "HER2+"]
)
def test_of_several_urgent_causes_one_interrupts(engine, disease):
    """Crisis, symptomatic brain metastases and pregnancy together: one urgent flag, and the others are told as well."""
    asked = asking.profile(
        {**disease, "visceral_crisis": True, "brain_metastases": "active_symptomatic"},
        history=[],
        patient={"sex": "female", "menopausal": "pre", "conditions": {"pregnant": True}},
    )
    flags = engine.ask(asked)["flags"]
    assert [row["severity"] for row in flags].count("urgent") == 1
    assert {"brain_local_therapy", "pregnancy"} <= {row["code"] for row in flags}


NEARLY_NOTHING = {
    "nothing at all": {},
    "empty groups": {"disease": {}, "patient": {"conditions": {}, "labs": {}}, "biomarkers": {}},
    "all null": {"disease": {"er": None, "her2": None}, "history": None, "biomarkers": {"ESR1": None}},
    "no therapy yet": {"history": []},
    "the line alone": {"next_line": 3},
    "a drug nobody knows": {"history": [{"setting": "metastatic", "drugs": ["something new"]}]},
    "HER2 alone": {"disease": {"her2": "low"}},
    "hormone receptors alone": {"disease": {"hr": "positive"}},
    **{name: {"disease": disease} for name, disease in
       (("HR+/HER2-", asking.HR_POSITIVE), ("TNBC", asking.TNBC), ("HER2+", asking.HER2_POSITIVE))},
}  # fmt: skip


@pytest.mark.parametrize("case", NEARLY_NOTHING)
def test_unknown_everywhere_still_answers(engine, case):
    """However little is known there is an answer, what to find out leads, and nothing applies before the subtype."""
    answer = engine.ask({"schema": asking.SCHEMA, **NEARLY_NOTHING[case]})
    check_form(answer)
    assert answer["tests"]
    if answer["subtype"] == "unknown":
        assert answer["tests"][0]["fact"] in ("disease.er", "disease.pr", "disease.her2")
        assert [o["id"] for o in answer["options"] if o["status"] == "applies" and o["band"] != "supportive"] == []


def test_a_reaction_that_is_not_told_is_not_known(engine):
    """Whether an earlier drug harmed is not known while no word of reactions is told with it."""
    told = asking.profile(asking.HR_POSITIVE, history=[asking.given("capecitabine")])
    assert derived(told, engine.book)["harmed.drugs"].has("capecitabine") is None


def test_the_worst_grade_is_not_known_while_the_reactions_of_a_therapy_are_not_told(engine):
    """A pneumonitis of grade 2 in the history leaves open that another therapy caused a worse one."""
    harmful = asking.given("capecitabine", toxicity=[{"event": "pneumonitis", "grade": 2}])
    history = [asking.given("paclitaxel"), harmful]
    found = derived(asking.profile(asking.HR_POSITIVE, history=history), engine.book)["ild_grade"]
    assert not isinstance(found, int)
