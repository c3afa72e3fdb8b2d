"""The words of `Finding.where`, and how a screen says them."""

from __future__ import annotations

import re

BODIES = "responsible bodies"
DEADLINE = "deadline"
TEXT = "text"
TASK = "task"
GROUP = "group"
GOAL = "goal"
_WORDS = {
    BODIES: "责任单位",
    DEADLINE: "完成时限",
    TEXT: "内容",
    TASK: "任务",
    GROUP: "部分",
    GOAL: "目标",
    "number": "编号",
    "heading": "标题",
}


def item(number: int, part: str) -> str:
    """The place of an item's part: ``item 40, responsible bodies``."""
    return f"item {number}, {part}"


def in_chinese(where: str) -> str:
    """A place in officials' words: 第40项 责任单位."""
    if match := re.fullmatch(r"(item|requirement) (\d+), (.+)", where):
        kind = "第{}项" if match[1] == "item" else "要求{}"
        return f"{kind.format(match[2])} {_WORDS.get(match[3], match[3])}"
    return {"plan": "全文", "title": "标题"}.get(where, where)
