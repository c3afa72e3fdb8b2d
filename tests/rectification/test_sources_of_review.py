"""What inspection and rescreening find becomes a case of the body, and is closed by the very check that found it."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.base import ContentFile
from tests.review.conftest import reviewable, site, told  # noqa: F401
from tests.review.signing import signed

from gongkai.channels.models import Site
from gongkai.foundation.access import Role
from gongkai.rectification.models import Case, State
from gongkai.rectification.services import collect, report_mended
from gongkai.review.models import InspectionEntry, Judgement, Recall
from gongkai.review.services import (
    add_word_list,
    begin_inspection,
    begin_rescreening,
    change_recall,
    confirm_mended,
    judge_entry,
)
from gongkai.review.services.rescreening import go_over


def case_of(source: str) -> Case:
    return Case.objects.get(source=source)


@pytest.fixture
def inspector(county, person):
    return person("inspector", (county.body, Role.SECRECY_ADMIN))


def test_a_problem_of_the_special_inspection(site, county, people, inspector):  # noqa: F811
    signed(site, county.fgj, people.clerk, people.leader)
    begin_inspection(inspector, county.body, 2026, "专项检查", date(2026, 1, 1), date(2026, 12, 31), size=1, seed="1")
    entry = InspectionEntry.objects.get()
    judge_entry(inspector, entry, Judgement.PROBLEM, "personal", "附件含手机号", "遮盖后重新发布")
    collect(None)
    case = case_of("review.inspection")
    assert (case.body, case.state) == (county.fgj, State.TO_MEND)
    case = report_mended(people.clerk, case, "已遮盖")
    assert case.state != State.CLOSED, "nobody but an inspector says so"
    confirm_mended(inspector, entry, "附件已更换")
    collect(None)
    case.refresh_from_db()
    assert case.state == State.CLOSED


def test_a_finding_of_rescreening(site, county, people):  # noqa: F811
    Site.objects.update(name="旧称局网站")
    site.refresh_from_db()
    signed(site, county.fgj, people.clerk, people.leader)
    add_word_list(people.office, county.body, "县自建", ContentFile("词语\n旧称局\n".encode(), "县自建.csv"))
    go_over(begin_rescreening(people.office, county.body).pk)
    change_recall(people.clerk, Recall.objects.get(), "改名")
    collect(None)
    case = case_of("review.rescreening")
    case = report_mended(people.clerk, case, "已改")
    assert case.state != State.CLOSED, "screening finds it still"
    Site.objects.update(name="新称局网站")
    case = report_mended(people.clerk, case, "这次真改了")
    assert case.state == State.CLOSED
