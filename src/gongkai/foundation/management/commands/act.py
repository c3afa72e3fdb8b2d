"""`manage act VERB --as USER --data JSON`: what the buttons do, from a script, under the same rights."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import DataError
from django.utils.translation import gettext as _
from pydantic import ValidationError as BadData

from gongkai.core.screening.secrets import suspected_in
from gongkai.foundation.access.acting import act, schema_of
from gongkai.foundation.access.complaints import said
from gongkai.foundation.access.table import verbs
from gongkai.foundation.accounts.backends import PasswordBackend
from gongkai.foundation.accounts.models import User
from gongkai.foundation.guard import SecretSuspected, Unexamined, procedure
from gongkai.foundation.guard.reporting import reporting
from gongkai.foundation.registries import Unknown


class Command(BaseCommand):
    help = _("按名称执行一个业务动作，权限与该用户在界面上相同。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", nargs="?", help=_("动作名称，如 ledger.submit"))
        parser.add_argument("--as", dest="user", help=_("用户名"))
        parser.add_argument("--data", default="{}", help=_("参数，JSON；“-”表示从标准输入读取"))
        parser.add_argument("--list", action="store_true", help=_("列出全部动作及其参数格式"))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            self._print([_described(entry) for entry in verbs])
            return
        if not options["verb"] or not options["user"]:
            raise CommandError(
                _("请写明动作和用户：act 动作 --as 用户名 --data '{…}'；act --list 可列出全部动作"), returncode=2
            )
        data: Any = None
        try:
            text = sys.stdin.read() if options["data"] == "-" else options["data"]
            user = User.objects.get(username=options["user"], is_active=True)
            if not PasswordBackend().user_can_authenticate(user):  # who may not sign in may not act either
                raise User.DoesNotExist
            if options["verb"] not in verbs:
                raise CommandError(_("没有名为“%s”的动作；act --list 可列出全部动作") % options["verb"], returncode=2)
            with reporting("command", f"act {options['verb']}", user):
                if rule := suspected_in(text):
                    raise SecretSuspected("--data", rule)
                data = json.loads(text)
                self._print(act(options["verb"], user, data))
        except User.DoesNotExist:
            raise CommandError(_("没有可用的用户“%s”") % options["user"], returncode=2) from None
        except json.JSONDecodeError as error:
            raise CommandError(_("--data 不是 JSON：第 %d 个字符处有误") % error.colno, returncode=2) from None
        except BadData as error:
            raise CommandError(
                _("%(verb)s 的参数有误：%(problem)s") % {"verb": options["verb"], "problem": said(error, data)},
                returncode=2,
            ) from None
        except ValidationError as error:
            raise CommandError("；".join(error.messages), returncode=2) from None
        except SecretSuspected as error:
            raise CommandError("\n".join([str(error), *procedure()]), returncode=2) from None
        except Unexamined as error:
            raise CommandError(str(error), returncode=2) from None
        except (OverflowError, DataError):  # of SQLite, of PostgreSQL
            raise CommandError(_("参数中有过大的数或者过长的文字，数据库放不下，请核对"), returncode=2) from None
        except (PermissionDenied, ValueError, Unknown) as error:
            raise CommandError(str(error), returncode=2) from None

    def _print(self, value: Any) -> None:
        self.stdout.write(json.dumps(value, ensure_ascii=False, indent=2))


def _described(entry: Any) -> dict[str, Any]:
    roles = sorted(str(role.value) for role in entry.roles)
    return {"verb": entry.key, "label": str(entry.label), "roles": roles, "data": schema_of(entry)}
