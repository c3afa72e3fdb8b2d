"""The command line: nouns, then verbs. A noun's module is loaded only when it is used, so that help answers at once."""

from __future__ import annotations

import errno
import importlib
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import click

# noun -> module of this package that holds a command of that name
NOUNS = {
    "aggregate": "aggregate",
    "backup": "backup",
    "catalogue": "catalogue",
    "demo": "demo",
    "doctor": "doctor",
    "manage": "manage",
    "notice": "notice",
    "restore": "restore",
    "screen": "screen",
    "screen-eval": "screen_eval",
    "serve": "serve",
    "workdays": "workdays",
}


_NAMED = "gongkai.cli.named"  # noun and verb of the command that runs
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Lazy(click.Group):
    def main(self, *arguments: Any, **options: Any) -> Any:
        """What could not be done ends with status 2 and one line; 1 is left to checks that found something."""
        run: Callable[..., Any] = super().main
        try:
            status = run(*arguments, **options, standalone_mode=False)
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            status = 2
        except click.UsageError as error:
            from gongkai.cli.complaints import said

            status = fail(said(error)).exit_code
        except click.Abort:
            status = fail("已中断，没有做完").exit_code
        sys.exit(status if isinstance(status, int) else 0)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(NOUNS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in NOUNS:
            return None
        module = importlib.import_module(f"gongkai.cli.{NOUNS[name]}")
        command: click.Command = getattr(module, name.replace("-", "_"))
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, command, rest = super().resolve_command(ctx, args)
        verb = rest[0] if rest and re.fullmatch(r"[a-z][a-z_-]*", rest[0]) else ""
        ctx.meta[_NAMED] = f"{name} {verb}".strip()
        return name, command, rest

    def invoke(self, ctx: click.Context) -> object:
        """A full disk or a missing database is one line, a suspected state secret its procedure, whatever the command.

        Django is not loaded to find out.
        """
        try:
            return super().invoke(ctx)
        except Exception as error:
            if type(error).__module__ == "gongkai.foundation.guard.refusals":
                raise fail(refusal_lines(error, ctx.meta.get(_NAMED, ""))) from None
            if isinstance(error, OSError) and error.filename is None and error.errno in _FULL:
                raise fail(f"结果写不出去（{error.strerror}），请检查剩余空间") from None
            if type(error).__module__ != "django.db.utils" or "--traceback" in sys.argv:
                raise
            said = str(error).splitlines()[0]
            raise fail(f"数据库不能使用（{said}）；还没有建表的，请先执行 gongkai manage migrate") from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl([(name, SUMMARIES[name]) for name in sorted(NOUNS)])


# Written here rather than read from the modules: help must not load them.
SUMMARIES = {
    "aggregate": "拟公布名单的汇聚风险：能否缩小到个人，与以前的名单能否互补",
    "backup": "把数据库、上传的文件和密钥备份到一个文件",
    "catalogue": "读取基层政务公开事项标准目录",
    "demo": "建立示例县（可重复执行）",
    "doctor": "检查运行环境：装了什么、缺什么、因此关闭了什么",
    "manage": "执行任何 Django 管理命令",
    "notice": "读取、导入任务分解通知",
    "restore": "从备份文件恢复",
    "screen": "发布前筛查文件：涉密标志、个人信息、错别字、隐藏内容",
    "screen-eval": "用标注语料检验筛查的准确率",
    "serve": "同时启动网站和后台任务",
    "workdays": "法定工作日推算",
}


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gongkai")
def main() -> None:
    """政务公开工作台账。"""


def setup_django() -> None:
    """Load Django for a command that needs the database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    import django

    django.setup()


def fail(message: str) -> click.exceptions.Exit:
    """One line on standard error (what, where, what to do); `raise fail(...)` ends with status 2."""
    click.echo(message, err=True)
    return click.exceptions.Exit(2)


def refusal_lines(error: Exception, command: str) -> str:
    """What a net refused, kept in the register under the name of the command; and what to do."""
    from gongkai.foundation.guard import SecretSuspected, procedure
    from gongkai.foundation.guard.reporting import Refusal, report

    if not isinstance(error, SecretSuspected):
        return str(error)
    if not error.reported:
        report(Refusal("command", command, error.rule))
    return "\n".join([str(error), *procedure()])


def today() -> date:
    """The day in Asia/Shanghai, or of GONGKAI_NOW, without loading Django."""
    from gongkai.config import env
    from gongkai.foundation.moment import moment

    written = env.NOW.text()
    try:
        return moment(written).date()
    except ValueError as error:
        raise fail(f"GONGKAI_NOW 应为 2023-09-20T09:00:00+08:00 的形式，现为“{written}”") from error


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Tells how far long work is, on a terminal; nothing in a pipe."""
    shown = sys.stderr.isatty()

    def tell(what: str, done: int, total: int) -> None:
        if shown:
            click.echo(f"\r{what} {done}/{total}", nl=False, err=True)

    yield tell
    if shown:
        click.echo("\r\033[K", nl=False, err=True)
