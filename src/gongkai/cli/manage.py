"""`gongkai manage …`: any Django management command."""

import os

import click

from gongkai.cli import fail, setup_django


@click.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
    help="执行任何 Django 管理命令。",
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    from django.conf import settings
    from django.core.management import ManagementUtility, get_commands
    from django.core.management.base import BaseCommand

    from gongkai.core.screening.secrets import suspected_in

    if rule := next(filter(None, map(suspected_in, arguments)), None):
        setup_django()
        from gongkai.foundation.guard import SecretSuspected

        raise SecretSuspected("命令行参数", rule)

    class Commands(ManagementUtility):
        def fetch_command(self, subcommand: str) -> BaseCommand:
            if settings.configured and subcommand not in get_commands():
                raise fail(f"没有管理命令 {subcommand}，gongkai manage help 可列出全部")
            return super().fetch_command(subcommand)

    Commands(["gongkai manage", *arguments]).execute()
