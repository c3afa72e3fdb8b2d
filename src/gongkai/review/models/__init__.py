"""What the gate keeps: releases, their steps, what the machine found in them, whom it asked."""

from gongkai.review.models.entries import Entry, Verification, What
from gongkai.review.models.findings import CATEGORIES, SEVERITIES, Disposal, Finding
from gongkai.review.models.fingerprints import FingerprintKey
from gongkai.review.models.incidents import Incident, Way
from gongkai.review.models.inspections import (
    Inspection,
    InspectionEntry,
    InspectionState,
    Judgement,
    Method,
    ProblemKind,
)
from gongkai.review.models.opinions import Asked, Opinion, Verdict
from gongkai.review.models.releases import Attribute, Carrier, OtherWay, Release, State
from gongkai.review.models.rescreening import Decision, Recall, Rescreening, RunState, WordList
from gongkai.review.models.steps import Outcome, Step, StepKind, StepRule

__all__ = [
    "CATEGORIES",
    "SEVERITIES",
    "Asked",
    "Attribute",
    "Carrier",
    "Decision",
    "Disposal",
    "Entry",
    "Finding",
    "FingerprintKey",
    "Incident",
    "Inspection",
    "InspectionEntry",
    "InspectionState",
    "Judgement",
    "Method",
    "Opinion",
    "OtherWay",
    "Outcome",
    "ProblemKind",
    "Recall",
    "Release",
    "Rescreening",
    "RunState",
    "State",
    "Step",
    "StepKind",
    "StepRule",
    "Verdict",
    "Verification",
    "Way",
    "What",
    "WordList",
]
