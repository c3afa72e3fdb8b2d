"""The root of the command line: nouns are found, help loads nothing heavy, `doctor` and `serve` do what they say."""

import json
import os
import socket
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


@pytest.mark.parametrize(
    ("arguments", "address"),
    [(["--port", "8123"], "http://127.0.0.1:8123"), (["--port", "8123", "--host", "0.0.0.0"], None)],
)
def test_what_is_served_for_this_machine_is_found_where_it_listens(arguments, address, monkeypatch):
    seen = []
    monkeypatch.setenv("GONGKAI_BASE_URL", "to be restored")
    monkeypatch.delenv("GONGKAI_BASE_URL")
    monkeypatch.setattr("gongkai.cli.serve.run_together", lambda *commands: seen.append(dict(os.environ)) or 0)
    assert CliRunner().invoke(main, ["serve", *arguments]).exit_code == 0
    assert seen[0].get("GONGKAI_BASE_URL") == address


def test_a_port_that_is_taken_is_not_shared(monkeypatch):
    monkeypatch.setattr("gongkai.cli.serve.run_together", lambda *commands: pytest.fail("it was served"))
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = CliRunner().invoke(main, ["serve", "--port", str(taken.getsockname()[1])])
    assert done.exit_code == 2 and "请换一个端口" in done.stderr and done.stderr.count("\n") == 1


def test_an_unknown_management_command_is_one_line():
    done = CliRunner().invoke(main, ["manage", "nonsense"])
    assert (done.exit_code, done.stderr) == (2, "没有管理命令 nonsense，gongkai manage help 可列出全部\n")


def test_the_end_of_one_stops_the_other():
    sleeper = [sys.executable, "-c", "import time; time.sleep(3600)"]
    failing = [sys.executable, "-c", "import sys; sys.exit(3)"]
    assert run_together(sleeper, failing) == 3


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["nonsense"], "gongkai：没有命令 nonsense"),
        (["workdays", "nonsense"], "gongkai workdays：没有命令 nonsense"),
        (["screen", "--nonsense"], "没有选项 --nonsense"),
        (["workdays", "add", "2026-02-10"], "缺少 N"),
        (["notice", "read", "x", "--format", "xml"], "--format 应为 table、json、docx、xlsx 之一"),
        (["aggregate", "x", "--k", "1"], "--k 应为 2—1000 的整数"),
        (["notice", "import", "x", "--year", "今年"], "--year 应为整数"),
        (["aggregate", "x", "--k"], "'--k' requires an argument"),
    ],
)
def test_what_is_typed_wrong_is_one_line_that_says_what_to_do(command, words):
    done = CliRunner().invoke(main, command, prog_name="gongkai")
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr and "--help" in done.stderr and done.stderr.count("\n") == 1


def test_a_noun_alone_shows_its_verbs():
    done = CliRunner().invoke(main, ["workdays"])
    assert done.exit_code == 2 and "between" in done.stderr


def test_what_is_broken_off_is_not_taken_for_a_finding(monkeypatch):
    def broken_off(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("gongkai.cli.screen.screen_file", broken_off)
    done = CliRunner().invoke(main, ["screen", "-"])
    assert (done.exit_code, done.stderr) == (2, "\n已中断，没有做完\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", [["workdays", "add", "2026-02-10", "7"], ["doctor", "--format", "json"]])
def test_a_full_disk_is_one_line(command):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "gongkai.cli", *command], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 2
    assert done.stderr.startswith("结果写不出去") and done.stderr.count("\n") == 1
