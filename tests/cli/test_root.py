"""The root of the command line: nouns are found, help loads nothing heavy, `doctor` and `serve` do what they say."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongkai.cli import NOUNS, SUMMARIES, main
from gongkai.cli.doctor import doctor, examine
from gongkai.cli.serve import run_together


def test_every_noun_has_a_summary_and_a_command():
    assert set(NOUNS) == set(SUMMARIES)
    for noun in NOUNS:
        assert main.get_command(None, noun).name == noun


def test_help_loads_no_django():
    script = "import sys; sys.argv = ['gongkai', '--help']\nfrom gongkai.cli import main\ntry: main()\nexcept SystemExit: pass\n"
    script += "print([name for name in ('django', 'lxml', 'pdfplumber') if name in sys.modules], file=sys.stderr)"
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert shown.stderr.strip() == "[]"
    assert "notice" in shown.stdout


@pytest.mark.parametrize("command", [["nonsense"], ["workdays", "nonsense"]])
def test_an_unknown_command_is_two(command):
    assert CliRunner().invoke(main, command).exit_code == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    "command", [["demo"], ["manage", "run_due"], ["notice", "import", "examples/qinghe/notice.txt"]]
)
def test_a_database_without_tables_is_one_line(command, tmp_path):
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("GONGKAI_", "DATABASE_", "DJANGO_"))
    }
    said = subprocess.run(
        [sys.executable, "-m", "gongkai.cli", *command],
        env=kept | {"GONGKAI_DATA": str(tmp_path)},
        cwd=Path(__file__).resolve().parent.parent.parent,
        capture_output=True,
        text=True,
    )
    assert said.returncode == 2 and said.stdout == ""
    assert said.stderr.count("\n") == 1 and "gongkai manage migrate" in said.stderr


def test_doctor_says_what_is_off_for_what_is_missing(monkeypatch):
    monkeypatch.setenv("PATH", "")
    shown = CliRunner().invoke(doctor, ["--format", "json"])
    rows = {row["name"]: row for row in json.loads(shown.output)}
    assert shown.exit_code == 0
    assert rows["LibreOffice"]["found"] is None and "doc" in rows["LibreOffice"]["off"]


def test_doctor_fails_when_something_needed_is_missing(monkeypatch):
    monkeypatch.setattr("gongkai.cli.doctor._sm3", lambda: None)
    assert any(finding.needed and not finding.found for finding in examine())
    assert CliRunner().invoke(doctor).exit_code == 2


def test_the_end_of_one_stops_the_other():
    sleeper = [sys.executable, "-c", "import time; time.sleep(3600)"]
    failing = [sys.executable, "-c", "import sys; sys.exit(3)"]
    assert run_together(sleeper, failing) == 3
