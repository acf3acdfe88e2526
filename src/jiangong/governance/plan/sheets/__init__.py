"""Excel files of the plan: the table of tasks (任务分解表) in and out, and the lists of a campaign."""

from jiangong.governance.plan.sheets.lists import LISTINGS
from jiangong.governance.plan.sheets.tasks import TASKS

__all__ = ["LISTINGS", "TASKS"]
