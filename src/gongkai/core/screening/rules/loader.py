"""YAML -> rules. Every mistake is one line that names the file and the line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from gongkai.core.screening.model import Category, Severity
from gongkai.core.screening.rules.model import Rule, RuleError

_Base: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINE = "__line__"
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_NEEDED = ("id", "category", "severity", "message", "suggestion", "basis", "origin")
_LISTS = ("words", "triggers", "together", "context", "allowed")
_SETS = "trigger_sets"  # triggers by character sets: '[京津沪][A-Z]' stands for every pair
_SET = re.compile(r"\[((?:[^\]\\]|\\.)+)\]|(.)")
_PATTERNS = ("pattern", "unless_before", "unless_after")
_WORDS = ("identifier", "position", "mask", "message", "suggestion", "basis")
_NUMBERS = ("reach", "group", "head", "within", "rank")
_FLAGS = ("spaced",)
_ORIGINS = ("verified", "recalled", "own")
_KNOWN = {_SETS, *_NEEDED, *_LISTS, *_PATTERNS, *_WORDS, *_NUMBERS, *_FLAGS}


class _Loader(_Base):  # type: ignore[misc, valid-type]
    """A mapping remembers the line it begins on."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        return {**super().construct_mapping(node, deep), _LINE: node.start_mark.line + 1}


@cache
def standard_rules() -> tuple[Rule, ...]:
    """The rules of this package, file by file in the order of their names."""
    found: list[Rule] = []
    for source in sorted(files(__package__).iterdir(), key=lambda entry: entry.name):
        if source.name.endswith(".yaml"):
            found += parse_rules(source.read_text("utf-8"), source.name)
    return tuple(found)


def load_rules(path: Path | str | None = None) -> tuple[Rule, ...]:
    """The rules in the file at `path`, or the standard ones. RuleError when a rule cannot be used."""
    if path is None:
        return standard_rules()
    path = Path(path)
    try:
        return parse_rules(path.read_text("utf-8-sig"), path.name)
    except UnicodeDecodeError as error:
        raise RuleError(f"{path.name}：不是 UTF-8 编码，请另存为 UTF-8 后再试") from error
    except OSError as error:
        raise RuleError(f"{path}：规则文件打不开（{error.strerror}），请检查路径和权限") from error


def parse_rules(text: str, name: str = "规则") -> tuple[Rule, ...]:
    """The rules that a YAML text declares: `rules:` a list, `fragments:` named pieces for patterns as {{name}}."""
    try:
        data = yaml.load(text, Loader=_Loader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RuleError(f"{name} 第{line}行：不是有效的 YAML，请检查缩进和标点") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise RuleError(f"{name}：不是有效的 YAML，请检查缩进和标点") from error
    if not isinstance(data, dict) or not isinstance(data.get("rules"), list):
        raise RuleError(f"{name} 第1行：缺少 rules 列表，请把规则写在 rules: 之下")
    fragments = data.get("fragments") or {}
    rules = tuple(_rules(data["rules"], fragments if isinstance(fragments, dict) else {}, name))
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise RuleError(f"{name} 第{rule.line}行：规则 {rule.id} 重复，请改用别的 id")
        seen.add(rule.id)
    return rules


def _rules(entries: list[Any], fragments: dict[str, Any], name: str) -> Iterator[Rule]:
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict):
            raise RuleError(f"{name} 第{number}条规则：应为“名称: 值”的形式")
        line = entry.pop(_LINE, 0)
        try:
            yield _rule(entry, fragments, line)
        except RuleError as error:
            raise RuleError(f"{name} 第{line}行：{error}") from error


def _rule(entry: dict[str, Any], fragments: dict[str, Any], line: int) -> Rule:
    if unknown := [str(key) for key in entry if key not in _KNOWN]:
        raise RuleError(f"不认识的项 {unknown[0]}，可用的项：{'、'.join(sorted(_KNOWN))}")
    if missing := [key for key in _NEEDED if entry.get(key) in (None, "")]:
        raise RuleError(f"缺少 {missing[0]}")
    if not _ID.fullmatch(str(entry["id"])):
        raise RuleError(f"id “{entry['id']}”应由小写字母、数字和连字符组成")
    values: dict[str, Any] = {"id": entry["id"], "line": line}
    values["category"] = _choice(Category, entry, "category")
    values["severity"] = _choice(Severity, entry, "severity")
    if entry["origin"] not in _ORIGINS:
        raise RuleError(f"origin “{entry['origin']}”应为 {'、'.join(_ORIGINS)} 之一")
    values["origin"] = entry["origin"]
    values |= {key: _words(entry, key) for key in _LISTS if key in entry}
    if _SETS in entry:
        sets = [word for written in _words(entry, _SETS) for word in _expanded(written)]
        values["triggers"] = (*values.get("triggers", ()), *sets)
    values |= {key: _pattern(entry, key, fragments) for key in _PATTERNS if key in entry}
    values |= {key: _typed(entry, key, str, "文字") for key in _WORDS if key in entry}
    values |= {key: _typed(entry, key, int, "整数") for key in _NUMBERS if key in entry}
    values |= {key: _typed(entry, key, bool, "true 或 false") for key in _FLAGS if key in entry}
    return _whole(Rule(**values))


def _whole(rule: Rule) -> Rule:
    """What must be said for the rule to be able to speak at all."""
    from gongkai.core.screening.identifiers import IDENTIFIERS
    from gongkai.core.screening.masks import MASKS
    from gongkai.core.screening.together import MATCHERS

    if not (rule.words or rule.pattern or rule.identifier or rule.together):
        raise RuleError(f"{rule.id} 没有说明找什么：请写 words、pattern、identifier 或 together")
    if rule.together and not rule.triggers:
        raise RuleError(f"{rule.id} 的 together 需要 triggers")
    for said, known, what in (
        ((rule.identifier,), IDENTIFIERS, "identifier"),
        ((rule.mask,), MASKS, "mask"),
        (rule.together, MATCHERS, "together"),
        ((rule.position,), ("mark",), "position"),
    ):
        for value in said:
            if value and value not in known:
                raise RuleError(f"{rule.id} 的 {what} “{value}”不存在，可用：{'、'.join(sorted(known))}")
    if rule.pattern and rule.group > rule.pattern.groups:
        raise RuleError(f"{rule.id} 的 group {rule.group} 超出 pattern 的分组数 {rule.pattern.groups}")
    if not 0 <= rule.reach <= 400 or not 0 <= rule.within <= 400:
        raise RuleError(f"{rule.id} 的 reach、within 应在 0 至 400 之间")
    return rule


def _choice(kind: type[Category] | type[Severity], entry: dict[str, Any], key: str) -> Category | Severity:
    try:
        return kind(entry[key])
    except ValueError as error:
        raise RuleError(f"{key} “{entry[key]}”应为 {'、'.join(kind)} 之一") from error


def _words(entry: dict[str, Any], key: str) -> tuple[str, ...]:
    words = entry[key]
    if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
        raise RuleError(f"{key} 应为不含空词的文字列表（数字请加引号）")
    return tuple(words)


def _expanded(written: str) -> Iterator[str]:
    """Every word that the sets stand for: a set is a list of characters and ranges, a backslash makes one plain."""
    choices = [_characters(match[1]) if match[1] else match[2] for match in _SET.finditer(written)]
    return ("".join(word) for word in product(*choices))


def _characters(inside: str) -> str:
    found, at = "", 0
    while at < len(inside):
        if inside[at] == "\\":
            found, at = found + inside[at + 1], at + 2
        elif inside[at + 1 : at + 2] == "-" and at + 2 < len(inside):
            found += "".join(map(chr, range(ord(inside[at]), ord(inside[at + 2]) + 1)))
            at += 3
        else:
            found, at = found + inside[at], at + 1
    return found


def _pattern(entry: dict[str, Any], key: str, fragments: dict[str, Any]) -> re.Pattern[str]:
    written = str(entry[key])
    for _ in range(3):  # a fragment may use another
        for name, piece in fragments.items():
            written = written.replace("{{" + str(name) + "}}", str(piece))
    try:
        return re.compile(written)
    except re.error as error:
        raise RuleError(f"{key} 不是有效的正则表达式（{error.msg}，第{error.pos}个字符处）") from error


def _typed(entry: dict[str, Any], key: str, kind: type, what: str) -> Any:
    if type(entry[key]) is not kind:
        raise RuleError(f"{key} 应为{what}")
    return entry[key]
