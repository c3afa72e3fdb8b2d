"""`gongkai manage …`: any Django management command."""

import os

import click

from gongkai.cli import fail


@click.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
    help="执行任何 Django 管理命令。",
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    from django.core.management import execute_from_command_line
    from django.db.utils import OperationalError, ProgrammingError

    try:
        execute_from_command_line(["gongkai manage", *arguments])
    except (OperationalError, ProgrammingError) as error:
        if "--traceback" in arguments:
            raise
        said = str(error).splitlines()[0]
        raise fail(f"数据库不能使用（{said}）；还没有建表的，请先执行 gongkai manage migrate") from None
