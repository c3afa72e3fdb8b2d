"""Who may see how the jobs stand."""

from gongkai.foundation.access import Role, declare

declare(
    {Role.SYSADMIN, Role.OFFICE},
    "schedules_overview",
    "schedules_runs",
    "schedules_runs_results",
    "schedules_run_again",
)
