"""`gongkai notice import`: read a notice, show what it would become, write it to the ledger in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gongkai.cli import fail, setup_django

if TYPE_CHECKING:
    from gongkai.bodies.models import Body
    from gongkai.foundation.accounts.models import User
    from gongkai.ledger.importing.review import Review
    from gongkai.ledger.models import Draft, Plan


@click.command("import", help="读取一份任务分解通知，预览后写入台账；全部写入或者全部不写。")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--year", type=int, help="台账的年度；通知写明年份的不必填写")
@click.option("--county", metavar="CODE", help="县的代码；只有一个县时不必填写")
@click.option("--as", "username", metavar="USER", help="经办人的登录名；政务公开办只有一人时不必填写")
@click.option("--yes", is_flag=True, help="不再询问：采纳全部建议，登记缺少的单位，然后导入")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def import_(file: Path, year: int | None, county: str | None, username: str | None, yes: bool, form: str) -> None:
    setup_django()
    from django.core.exceptions import PermissionDenied, ValidationError
    from django.db import transaction

    place = _county(county)
    actor = _actor(place, username)
    content = _content(file)
    _demand_no_secret(actor, content, file.name)
    try:
        if not yes:
            _ask(place, content, file.name, year, to_stderr=form == "json")
        with transaction.atomic():
            draft, plan = _import(actor, place, content, file.name, year)
    except ValidationError as error:
        raise fail("；".join(error.messages)) from error
    except PermissionDenied as error:
        raise fail(str(error)) from error
    _report(plan, draft, form)


def _county(code: str | None) -> Body:
    from gongkai.bodies.models import Body, Kind

    counties = Body.objects.filter(kind=Kind.COUNTY)
    found = list(counties.filter(code=code) if code else counties[:2])
    if len(found) == 1:
        return found[0]
    known = "、".join(counties.values_list("code", flat=True)) or "无"
    if code:
        raise fail(f"没有代码为“{code}”的县；现有：{known}")
    raise fail(f"请用 --county 指明是哪个县；现有：{known}")


def _actor(county: Body, username: str | None) -> User:
    from gongkai.bodies.selectors import holders
    from gongkai.foundation import clock
    from gongkai.foundation.access import Role
    from gongkai.foundation.accounts.models import User

    if username:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise fail(f"没有登录名为“{username}”的用户，请核对 --as")
        return user
    office = list(holders(county, Role.OFFICE, on=clock.today())[:3])
    if len(office) == 1:
        return office[0]
    if not office:
        raise fail(f"{county.name}没有政务公开办人员，请先任命，或用 --as 指明经办人")
    names = "、".join(user.username for user in office)
    raise fail(f"{county.name}政务公开办不止一人（{names}），请用 --as 指明经办人")


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise fail(f"{file}：文件不存在，请检查路径") from error
    except OSError as error:
        raise fail(f"{file}：无法打开文件（{error.strerror}），请检查路径和权限") from error


def _demand_no_secret(actor: User, content: bytes, name: str) -> None:
    """Before anything is read, shown or kept; a file that cannot be examined says so when it is read."""
    from gongkai.foundation.guard import SecretSuspected
    from gongkai.foundation.guard.judging import judge_upload
    from gongkai.foundation.guard.reporting import reporting

    with reporting("command", "notice import", actor):
        if rule := judge_upload(content, name).rule:
            raise SecretSuspected("通知文件", rule)


def _ask(county: Body, content: bytes, name: str, year: int | None, *, to_stderr: bool) -> None:
    """Show what would be imported, and wait for a yes; nothing is written or locked meanwhile."""
    from gongkai.ledger.importing.carry import carried
    from gongkai.ledger.importing.reading import read_notice, year_of
    from gongkai.ledger.importing.review import Review
    from gongkai.ledger.models import Draft

    reading, _text = read_notice(content, name, county, year)
    draft = Draft(county=county, year=year_of(reading, year), file_name=name, reading=reading)
    draft.decisions = carried(reading, draft)
    for line in _preview(Review(draft)):
        click.echo(line, err=to_stderr)
    if not click.confirm("采纳以上建议、登记缺少的单位并导入台账", err=to_stderr):
        raise fail("没有导入，台账没有变化")


def _import(actor: User, county: Body, content: bytes, name: str, year: int | None) -> tuple[Draft, Plan]:
    """Upload, take every suggestion, register what is missing, commit."""
    from django.core.files.base import ContentFile

    from gongkai.ledger.importing.decisions import Choice
    from gongkai.ledger.importing.missing import register
    from gongkai.ledger.importing.proposal import Proposal
    from gongkai.ledger.services import commit, settle, upload_notice

    draft = upload_notice(actor, county, ContentFile(content, name=name), year)
    register(actor, county, Proposal(draft).missing, {})
    open_issues = [issue for issue in Proposal(draft).issues if issue.is_open]
    draft = settle(actor, draft, findings={issue.id: Choice.ACCEPT for issue in open_issues})
    return draft, commit(actor, draft)


def _preview(review: Review) -> Iterator[str]:
    proposal, draft = review.proposal, review.draft
    yield f"{draft.reading['title']}（{draft.year}年度）"
    for row in proposal.kept:
        bodies = len(proposal.expansions[row.key].given) + len(proposal.expansions[row.key].unknown)
        yield f"  （{row.key}）{row.text[:40]}　{bodies} 个单位　{row.due or '未规定时限'}"
    for issue in proposal.issues:
        where = f"（{issue.key}）" if issue.key else ""
        yield f"提示{where}{issue.title}：{issue.message}" + (f"；建议：{issue.suggestion}" if issue.suggestion else "")
    for each in proposal.missing:
        yield f"将登记单位：{each.full_name}（{each.kind.label}）"
    if review.corrects:
        counts = review.by_status
        yield (
            f"更正{draft.year}年度台账：新增 {counts['new']} 项，变更 {counts['changed']} 项，"
            f"取消 {counts['removed']} 项，未变 {counts['same']} 项"
        )


def _report(plan: Plan, draft: Draft, form: str) -> None:
    """What the ledger holds now. Groups, tasks and items are those of the table, as `notice read` counts them."""
    from gongkai.ledger.models import ItemKind

    live = plan.assignments.filter(withdrawn=False).order_by()
    items = plan.items.filter(removed=False).order_by()
    table = items.filter(kind=ItemKind.TABLE)
    counts: dict[str, Any] = {
        "plan": plan.pk,
        "draft": draft.pk,
        "year": plan.year,
        "groups": table.exclude(group=None).values("group").distinct().count(),
        "tasks": table.exclude(task=None).values("task").distinct().count(),
        "items": table.count(),
        "requirements": items.filter(kind=ItemKind.REQUIREMENT).count(),
        "assignments": live.count(),
        "bodies": live.values("body").distinct().count(),
    }
    if form == "json":
        click.echo(json.dumps(counts, ensure_ascii=False, indent=2))
        return
    click.echo(
        f"已导入{plan.year}年度台账：{counts['items']} 个事项，{counts['requirements']} 项正文要求，"
        f"{counts['assignments']} 项任务，{counts['bodies']} 个单位"
    )
