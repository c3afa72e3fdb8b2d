"""`gongkai manage …`: any Django management command."""

import os

import click

from gongkai.cli import setup_django


@click.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
    help="执行任何 Django 管理命令。",
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    from django.core.management import execute_from_command_line

    from gongkai.core.screening.secrets import suspected_in

    if rule := next(filter(None, map(suspected_in, arguments)), None):
        setup_django()
        from gongkai.foundation.guard import SecretSuspected

        raise SecretSuspected("命令行参数", rule)
    execute_from_command_line(["gongkai manage", *arguments])
