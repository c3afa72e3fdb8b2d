"""`gongkai workdays`: statutory working days, with the notice they rest on."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import click

from gongkai.cli import fail
from gongkai.core.workdays import CalendarError, Count, Day, Notice, explain_count, national

_FORMAT = click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="输出格式"
)
# -3 is a number here, not an option.
_NUMBERS = {"ignore_unknown_options": True}


@click.group(help="法定工作日推算：节假日、调休上班，依据国务院办公厅通知。")
def workdays() -> None:
    """Nouns group their verbs."""


@workdays.command(context_settings=_NUMBERS, help="DATE 之后第 N 个工作日（当日为第0日；N 为负数时向前推）。")
@click.argument("start", metavar="DATE")
@click.argument("number", metavar="N")
@_FORMAT
def add(start: str, number: str, form: str) -> None:
    n = _whole(number)
    count = _answer(national().explain_add, _date(start), n)
    _show(count, form, first=count.end.isoformat())


@workdays.command(help="D1 之后至 D2（含）有几个工作日。")
@click.argument("start", metavar="D1")
@click.argument("end", metavar="D2")
@_FORMAT
def between(start: str, end: str, form: str) -> None:
    count = _answer(national().explain_between, _date(start), _date(end))
    _show(count, form, first=str(count.workdays))


def _answer(question: Callable[..., Count], *arguments: date | int) -> Count:
    try:
        return question(*arguments)
    except CalendarError as error:
        raise fail(str(error)) from error


def _date(text: str) -> date:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise fail(f"不是有效日期：{text}，请写成 2023-09-20 的形式")


def _whole(text: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,6}", text, re.ASCII):
        raise fail(f"不是有效的工作日数：{text}，请写一个整数（最多六位）")
    return int(text)


def _show(count: Count, form: str, first: str) -> None:
    if form == "json":
        click.echo(json.dumps(_as_json(count), ensure_ascii=False, indent=2))
        return
    click.echo(first)
    for notice in count.notices:
        click.echo(f"{notice} {notice.url or ''}".rstrip())
    if count.provisional:
        click.echo("provisional 暂定")
    for step in explain_count(count):
        if not step.startswith("依据"):
            click.echo(f"  {step}")


def _as_json(count: Count) -> dict[str, Any]:
    return {
        "start": count.start.isoformat(),
        "date": count.end.isoformat(),
        "workdays": count.workdays,
        "notices": [_notice(notice) for notice in count.notices],
        "provisional": count.provisional,
        "provisional_years": list(count.provisional_years),
        "skipped": [_day(day) for day in count.skipped],
        "made_up": [_day(day) for day in count.made_up],
        "steps": list(explain_count(count)),
    }


def _notice(notice: Notice) -> dict[str, str | None]:
    return {
        "title": notice.title,
        "number": notice.number,
        "issued": notice.issued.isoformat() if notice.issued else None,
        "url": notice.url,
        "origin": notice.origin,
    }


def _day(day: Day) -> dict[str, str]:
    return {"date": day.date.isoformat(), "kind": day.kind.value, "name": day.name}
