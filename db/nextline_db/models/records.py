"""The evidence records.

Member names and meanings are those of the contract ``nextline.evidence/1``.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from .base import Day, Id, Lines, Located, Model, Number, Pair, Printed, Text

Verification = Literal["source_text", "abstract", "label", "news", "unverified"]


class Source(Model):
    """A document that was read.

    ``file`` names one of the five founding texts; others have a ``url``.
    """

    id: Id
    title: Text
    kind: Literal[
        "review",
        "patient_guide",
        "guideline",
        "manufacturer",
        "ai_answer",
        "trial_report",
        "abstract",
        "label",
        "registry",
        "news",
    ]
    date: Day | None = Field(..., description="publication day as far as the source tells it, else null")
    file: Text | None = None
    audience: Literal["professional", "patient", "both"] | None = None
    url: Text | None = None
    accessed: Day | None = Field(None, description="the day the text was read")
    note: Text | None = None


class Reference(Model):
    """A work that a source cites, or the citation of a source itself."""

    id: Id
    citation: Text
    doi: Text | None = None
    pmid: Text | None = None
    url: Text | None = None


class Mention(Model):
    """What one source prints of a study: a table row without a result included.

    ``id`` never leaves the project.
    """

    id: Id
    study: Id
    source: Id
    name: Text | None = None
    nct: Text | None = None
    phase: Text | None = None
    n: int | None = None
    n_text: Text | None = None
    population: Text | None = None
    intervention: Text | None = None
    status: Text | None = None
    lines: Lines | None = None
    also_lines: Lines | None = None
    references: list[Id] = []
    conflicts: list[Id] = []
    added: Day | None = None
    note: Text | None = None


class Study(Model):
    """A trial or cohort.

    ``nct`` is the verified registry number; what a source prints is a :class:`Mention`.
    """

    id: Id
    name: Text
    aliases: list[Text] = []
    nct: Text | None
    phase: Text | None
    n: int | None = None
    population: Text | None = None
    prior_cdk46i: Text | None = Field(None, description="share or rule of earlier CDK4/6 inhibitor use, in words")
    status: Literal["reported", "ongoing", "terminated", "unknown"] = "unknown"
    status_date: Day | None = Field(None, description="date of the source that gives the status")
    design: (
        Literal["randomised", "single_arm", "retrospective", "real_world", "meta_analysis", "preclinical"] | None
    ) = None
    sponsor: Text | None = None
    note: Text | None = None


class Criterion(Model):
    """One condition of the population a result was measured in, over the facts of the rule language."""

    fact: Text
    op: Literal["is", "in", "at_least", "at_most", "above", "below", "has", "lacks"]
    value: Any


class Result(Located):
    """One endpoint of one comparison as one source prints it.

    Units: months, percent, or as ``unit`` says.
    """

    study: Id
    endpoint: Text = Field(..., description="mPFS, mOS, mPFS2, PFS_rate, OS_rate, ORR, CBR, DOR, share, OR, ...")
    arm: Text | None = None
    comparator: Text | None = None
    population: Text | None = None
    subgroup: Text | None = None
    line: Text | None = None
    timepoint_months: Number | None = None
    timepoint: Text | None = None
    as_printed: Printed | None = None
    value: Number | None = None
    comparator_value: Number | None = None
    value_range: Pair | None = None
    comparator_range: Pair | None = None
    hr_range: Pair | None = None
    approximate: bool | None = None
    value_text: Text | None = None
    unit: Text | None = None
    n: int | None = None
    comparator_n: int | None = None
    events: int | None = None
    margin: Number | None = None
    follow_up_months: Number | None = None
    ci: Pair | None = None
    comparator_ci: Pair | None = None
    ci_level: Number | None = None
    hr: Number | None = None
    hr_ci: Pair | None = None
    hr_ci_level: Number | None = None
    odds_ratio: Number | None = None
    odds_ratio_ci: Pair | None = None
    p: Text | None = None
    verdict: Literal["positive", "negative", "neutral", "not_reported"] | None = None
    exploratory: bool | None = None
    post_hoc: bool | None = None
    abstract_only: bool | None = None
    criteria: list[Criterion] = []
    verification: Verification


class AdverseEvent(Located):
    """One harm of one regimen, one grade band.

    ``percent`` is of the patients treated.
    """

    study: Id
    regimen: Text
    event: Text = Field(..., description="CTCAE term")
    as_printed: Printed | None = None
    grade: Literal["any", "3+", "3-4", "2+", "1-2", "1", "2", "3", "4", "5", "serious", "led_to_stop", "not_stated"]
    percent: Number | None
    n: int | None = None
    comparator_percent: Number | None = None
    verification: Verification = "source_text"


class Mechanism(Located):
    """One way in which a tumour becomes resistant, as a source tells it."""

    subtype: Text | None = None
    gene_or_pathway: Text
    alteration: Text | None = None
    direction: Literal["gain", "loss", "change"] | None = None
    resistance_to: Text
    evidence_kind: Text | None = None
    share_percent: Number | None = None
    options: list[Id] = Field([], description="ids of options that act on it")


class Statement(Located):
    """What a source says in words, re-told in the project's own words."""

    topic: Literal[
        "biology",
        "resistance",
        "subtype_risk",
        "strategy",
        "testing",
        "limitation",
        "class",
        "toxicity",
        "survival",
        "caveat",
        "patient",
        "question_to_ask",
        "definition",
        "unmet_need",
    ]
    text: Text
    subject: Text | None = None
    condition: Text | None = None
    strength: Literal["strong", "moderate", "cautious", "descriptive"] | None = None
    audience: Literal["professional", "patient", "both"]
    verification: Verification = "source_text"


class Drug(Model):
    """A medicine, by generic name.

    ``classes`` are the class ids that the facts and rules use.
    """

    id: Id
    name: Text
    classes: list[Id] = Field(..., min_length=1)
    brands: list[Text] = []
    synonyms: list[Text] = []
    target: Text | None = None
    payload: Text | None = None
    route: Literal["oral", "im", "iv", "sc"] | None = None
    codes: dict[str, str] = Field({}, description="by system; written in `vocabulary/codes/drugs.yaml`, not here")
    source: Id | None = None
    lines: Lines | None = None


class DrugClass(Model):
    """A class of medicines; ``broader`` builds the ladder (aromatase inhibitor -> endocrine therapy)."""

    id: Id
    name: Text
    synonyms: list[Text] = []
    broader: list[Id] = []


class Approval(Located):
    """A decision of an agency, in own words; ``date`` as far as it is known."""

    drugs: list[Id] = Field(..., min_length=1)
    agency: Text
    date: Day | None
    indication: Text
    status: Literal["approved", "under_review", "refused", "withdrawn", "listed_label_unread"]
    companion_test: Text | None = None
    verification: Verification


class Safety(Located):
    """A contraindication, exclusion, dose step, monitoring duty or interaction of one drug."""

    drug: Id
    kind: Literal[
        "contraindicated",
        "do_not_start",
        "fetal_harm",
        "avoid",
        "not_studied",
        "dose_change",
        "caution",
        "monitoring",
        "interaction",
        "action",
    ]
    when: dict[str, Any] | None = None
    text: Text
    region: Text | None = None
    verification: Verification


class Side(Model):
    """One side of a conflict: what is said, where."""

    value: Text
    source: Id
    lines: Lines | None = None
    record: Id | None = None


class Conflict(Model):
    """Sources that contradict each other or themselves, or cite what does not say so.

    Every side is kept.
    """

    id: Id
    kind: Literal[
        "contradiction",
        "arithmetic",
        "misattribution",
        "truncated",
        "wrong_identifier",
        "outdated",
        "wording",
        "untraceable",
    ]
    title: Text
    sides: list[Side] = Field(..., min_length=1)
    explanation: Text
    shown_as: Text = Field(..., description="which side an answer shows, and why")
    severity: Literal["high", "medium", "low"]


class EvidenceFile(Model):
    """One YAML file under ``db/evidence``: any of the record lists, and defaults for the members named there."""

    defaults: dict[str, Any] = {}
    sources: list[Source] = []
    references: list[Reference] = []
    studies: list[Study] = []
    mentions: list[Mention] = []
    results: list[Result] = []
    adverse_events: list[AdverseEvent] = []
    mechanisms: list[Mechanism] = []
    statements: list[Statement] = []
    drug_classes: list[DrugClass] = []
    drugs: list[Drug] = []
    approvals: list[Approval] = []
    safety: list[Safety] = []
    conflicts: list[Conflict] = []
