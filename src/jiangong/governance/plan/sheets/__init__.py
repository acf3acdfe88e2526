"""The table of tasks (任务分解表) as an Excel file."""

from jiangong.governance.plan.sheets.tasks import TASKS

__all__ = ["TASKS"]
