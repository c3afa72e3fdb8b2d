"""The pages made from code say what the code says; what a newcomer is told to type exists."""

import os
import re
import subprocess
import sys
from pathlib import Path

from gongkai.config import env

ROOT = Path(__file__).resolve().parents[2]


def test_pages_are_up_to_date(tmp_path):
    """Made by the product itself, without the rooms that only tests have."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GONGKAI_", "DJANGO_"))}
    environment = kept | {"GONGKAI_DATA": str(tmp_path / "data")}
    command = [sys.executable, "-m", "gongkai.cli", "manage", "write_docs", "--folder", str(tmp_path)]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    for page in tmp_path.glob("*.md"):
        assert (ROOT / "docs" / page.name).read_text() == page.read_text(), "run `make docs`"


def test_every_setting_is_declared():
    """No module reads the environment by itself."""
    readers = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "src").rglob("*.py")
        if re.search(r"os\.(environ\[|environ\.get|getenv)", path.read_text())
        and path.name not in {"env.py", "doctor.py"}
    ]
    assert readers == []
    assert all(variable.meaning for variable in env.DECLARED.values())


def test_readme_commands_exist():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    for page in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md"):
        named = set(re.findall(r"`make ([a-z-]+)", (ROOT / page).read_text()))
        assert named and named <= targets, page


def test_the_project_speaks_of_itself_alone():
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "src").rglob("*.py")]:
        text = path.read_text()
        assert not re.search(r"(?<![\w.])/(work|farm)/|pypi\.org|registry\.npmjs|deb\.debian", text), path
