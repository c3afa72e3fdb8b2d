"""`gongkai notice import`: from a file to the ledger on the command line."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from tests.ledger.builders import person
from tests.ledger.conftest import at, county  # noqa: F401
from tests.ledger.importing.conftest import register  # noqa: F401
from tests.ledger.importing.test_uploading import NOTICE

from gongkai.bodies.models import Body, Kind
from gongkai.cli import main
from gongkai.foundation.access import Role
from gongkai.ledger.models import Draft, Plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(tmp_path):
    path = tmp_path / "通知.txt"
    path.write_text(NOTICE.replace("县财政局", "县财政局、县水务局"))
    return path


@pytest.fixture
def run(register):  # noqa: F811
    """`run("FILE", "--yes")` -> the result of `gongkai notice import FILE --yes`."""
    return lambda *arguments, **fields: CliRunner().invoke(main, ["notice", "import", *map(str, arguments)], **fields)


def test_with_yes_missing_bodies_are_registered_and_the_ledger_written(run, notice, register):  # noqa: F811
    result = run(notice, "--yes", "--format", "json")
    assert result.exit_code == 0, result.output
    plan = Plan.objects.get()
    assert json.loads(result.stdout) == {
        "plan": plan.pk,
        "draft": Draft.objects.get().pk,
        "year": 2023,
        "groups": 1,
        "tasks": 0,
        "items": 2,
        "requirements": 0,
        "assignments": 6,
        "bodies": 6,
    }
    assert Body.objects.get(name="青山县水务局").kind == Kind.DEPARTMENT
    assert Draft.objects.get().created_by == register.office


@pytest.mark.slow
def test_the_real_notice_is_counted_as_it_is_read(run, register, shared):  # noqa: F811
    counts = json.loads(run(shared / "seed" / "notice.docx", "--yes", "--format", "json").stdout)
    assert {name: counts[name] for name in ("year", "groups", "tasks", "items", "requirements")} == {
        "year": 2023,
        "groups": 4,
        "tasks": 13,
        "items": 44,
        "requirements": 18,
    }


def test_the_preview_is_shown_and_yes_is_asked_for(run, notice):
    result = run(notice, input="y\n")
    assert result.exit_code == 0
    assert "（2）公开教育政策及其实施情况　4 个单位　2023-12-31" in result.stdout
    assert "将登记单位：青山县水务局（县级部门）" in result.stdout
    assert "已导入2023年度台账：2 个事项，0 项正文要求，6 项任务，6 个单位" in result.stdout


def test_without_a_yes_nothing_is_written(run, notice):
    result = run(notice, input="n\n")
    assert (result.exit_code, Plan.objects.count(), Draft.objects.count()) == (2, 0, 0)
    assert "没有导入" in result.stderr
    assert not Body.objects.filter(name="青山县水务局").exists()


def test_a_correction_says_what_will_change(run, notice, tmp_path):
    run(notice, "--yes")
    corrected = tmp_path / "更正.txt"
    corrected.write_text(notice.read_text() + "3\t\t（3）召开新闻发布会\t县教育局\t全年\n")
    result = run(corrected, input="y\n")
    assert "更正2023年度台账：新增 1 项，变更 0 项，取消 0 项，未变 2 项" in result.stdout
    assert Plan.objects.get().items.count() == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--county", "nowhere"], "没有代码为“nowhere”的县；现有：qs"),
        (["--as", "nobody"], "没有登录名为“nobody”的用户"),
        (["--as", "clerk.czj"], "没有权限"),
        (["--year", "23"], "年度“23”不正确"),
    ],
)
def test_refusals_are_one_line_and_status_two(run, notice, arguments, message):
    result = run(notice, "--yes", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert not Plan.objects.exists()


def test_files_that_cannot_be_read(run, tmp_path):
    missing = run(tmp_path / "没有.docx", "--yes")
    assert (missing.exit_code, "文件不存在" in missing.stderr) == (2, True)
    empty = tmp_path / "空.docx"
    empty.write_bytes(b"")
    result = run(empty, "--yes")
    assert (result.exit_code, "空文件" in result.stderr) == (2, True)


def test_who_imports_must_be_said_when_the_office_has_several_people(run, notice, register):  # noqa: F811
    person("office.two", (register.root, Role.OFFICE))
    result = run(notice, "--yes")
    assert result.exit_code == 2
    assert "不止一人" in result.stderr
    assert run(notice, "--yes", "--as", "office.two").exit_code == 0


def test_which_county_must_be_said_when_there_are_several(run, notice):
    Body.objects.create(code="ds", name="东山县人民政府", kind=Kind.COUNTY)
    assert "--county" in run(notice, "--yes").stderr
    assert run(notice, "--yes", "--county", "qs").exit_code == 0


def test_help_needs_no_database():
    result = CliRunner().invoke(main, ["notice", "--help"])
    assert "import" in result.output
