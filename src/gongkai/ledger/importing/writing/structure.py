"""Groups and tasks of a plan: those there are, found by name, and those that a notice adds."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.ledger.importing.entries import Entry
from gongkai.ledger.importing.guards import demand_fits
from gongkai.ledger.models import Group, Plan, Task


class Structure:
    """The groups and tasks of `plan` after a notice: numbered and ordered as it prints them, unused ones gone."""

    def __init__(self, plan: Plan, rows: Sequence[Entry]) -> None:
        self.plan = plan
        self._groups = {group.name: group for group in plan.groups.all()}
        self._tasks = {(task.group_id, task.name): task for task in plan.tasks.all()}
        self._write_groups(rows)
        self._write_tasks(rows)

    def group(self, row: Entry) -> Group | None:
        return self._groups.get(row.group)

    def task(self, row: Entry) -> Task | None:
        group = self.group(row)
        return self._tasks.get((group.pk if group else None, row.task))

    def _write_groups(self, rows: Sequence[Entry]) -> None:
        new: list[Group] = []
        kept: list[Group] = []
        for order, (name, number) in enumerate({row.group: row.group_number for row in rows if row.group}.items()):
            group = self._groups.setdefault(name, Group(plan=self.plan, name=name))
            (kept if group.pk else new).append(group)
            group.number, group.order = number, order
        demand_fits(new)
        Group.objects.bulk_create(new)
        Group.objects.bulk_update(kept, ["number", "order"])

    def _write_tasks(self, rows: Sequence[Entry]) -> None:
        new: list[Task] = []
        kept: list[Task] = []
        wanted = {(self.group(row), row.task): row.task_number for row in rows if row.task}
        for order, ((group, name), number) in enumerate(wanted.items()):
            key = (group.pk if group else None, name)
            task = self._tasks.setdefault(key, Task(plan=self.plan, group=group, name=name))
            (kept if task.pk else new).append(task)
            task.number, task.order = number, order
        demand_fits(new)
        Task.objects.bulk_create(new)
        Task.objects.bulk_update(kept, ["number", "order"])

    def sweep(self) -> None:
        """Remove tasks and groups that hold no item any more, not even a removed one."""
        self.plan.tasks.filter(items__isnull=True).delete()
        self.plan.groups.filter(items__isnull=True, tasks__isnull=True).delete()
