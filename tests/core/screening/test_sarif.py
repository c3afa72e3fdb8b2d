"""SARIF 2.1.0: what the command line writes, held against a schema of the standard (data/sarif-2.1.0-subset.schema.json)."""

import copy
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from gongkai.cli import main

fastjsonschema = pytest.importorskip("fastjsonschema", reason="make install-dev installs it")
SCHEMA = json.loads(Path(__file__).with_name("data").joinpath("sarif-2.1.0-subset.schema.json").read_text("utf-8"))
ID = "11010519491231002X"


@pytest.fixture(scope="module")
def valid() -> Callable[[dict], dict]:
    return fastjsonschema.compile(SCHEMA)


@pytest.fixture(scope="module")
def log(tmp_path_factory) -> dict:
    """Findings of every severity, a place, something not examined, a file that cannot be read, blanks in names."""
    folder = tmp_path_factory.mktemp("有 空格#:")
    (folder / "名单 1.txt").write_text(f"严禁按装。\n张某身份证号{ID}，手机13812345678。", "utf-8")
    (folder / "乱.bin").write_bytes(bytes(range(256)) * 40)
    book = openpyxl.Workbook()
    book.active.append(["事项", f"身份证号{ID}"])
    book.active.column_dimensions["B"].hidden = True
    book.save(folder / "表.xlsx")
    arguments = ["screen", str(folder), "-", "--format", "sarif"]
    return json.loads(CliRunner().invoke(main, arguments, input="机密★5年").stdout)


def test_the_log_is_valid(valid, log):
    assert valid(log) == log
    (run,) = log["runs"]
    assert {result["level"] for result in run["results"]} == {"error", "warning", "note"}
    assert run["invocations"][0]["toolExecutionNotifications"], "what was not examined is told"


def test_every_result_points_at_its_rule_and_every_rule_is_there_once(log):
    """SARIF 3.27.6, 3.19.23: ruleIndex is an index into rules, whose elements are unique."""
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(rules) == len(set(rules))
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])


def test_places_are_uri_references_and_offsets_of_code_points(log):
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    assert all(
        place["artifactLocation"]["uri"].isascii() and " " not in place["artifactLocation"]["uri"] for place in places
    )
    assert all(place["region"]["charOffset"] >= 0 for place in places)
    assert ID not in json.dumps(log), "excerpts are masked"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda run: run["results"][0].update(severity="block"),
        lambda run: run["results"][0].pop("message"),
        lambda run: run["results"][0].update(level="block"),
        lambda run: run["results"][0]["locations"][0]["physicalLocation"].pop("artifactLocation"),
        lambda run: run["tool"]["driver"]["rules"].append(run["tool"]["driver"]["rules"][0]),
        lambda run: run["tool"]["driver"].pop("name"),
        lambda run: run["invocations"][0].pop("executionSuccessful"),
    ],
    ids=["unknown member", "no message", "unknown level", "nowhere", "a rule twice", "no name", "no outcome"],
)
def test_the_schema_refuses_what_the_standard_does(valid, log, spoil):
    spoiled = copy.deepcopy(log)
    spoil(spoiled["runs"][0])
    with pytest.raises(fastjsonschema.JsonSchemaValueException):
        valid(spoiled)
