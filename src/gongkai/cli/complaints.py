"""What is wrong with a command as it was typed, in one line: what, where, what to do."""

from __future__ import annotations

import click


def said(error: click.UsageError) -> str:
    """One line for standard error."""
    command = error.ctx.command_path if error.ctx else "gongkai"
    return f"{command}：{_what(error)}，用法见 {command} --help"


def _what(error: click.UsageError) -> str:
    match error:
        case click.NoSuchCommand():
            return f"没有命令 {error.command_name}"
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}"
        case click.MissingParameter():
            return f"缺少 {_name(error)}"
        case click.BadParameter():
            return f"{_name(error)} {_wanted(error)}"
    return error.format_message().rstrip(".")


def _name(error: click.BadParameter) -> str:
    named = error.param.get_error_hint(error.ctx) if error.param else str(error.param_hint or "参数")
    return named.replace("'", "")


def _wanted(error: click.BadParameter) -> str:
    match error.param.type if error.param else None:
        case click.Choice(choices=choices):
            return f"应为 {'、'.join(map(str, choices))} 之一"
        case click.IntRange(min=least, max=most):
            return f"应为 {least}—{most} 的整数"
        case click.types.IntParamType():
            return "应为整数"
    return f"有误（{error.message.rstrip('.')}）"
