"""Excel files of the plan: the table of tasks (任务分解表) in and out, and its lists."""

from jiangong.governance.plan.sheets.difficulties import DIFFICULTIES
from jiangong.governance.plan.sheets.lists import LISTINGS as LISTS
from jiangong.governance.plan.sheets.meetings import MEETINGS
from jiangong.governance.plan.sheets.notices import NOTICES
from jiangong.governance.plan.sheets.tasks import TABLE_OF_TASKS

LISTINGS = (*LISTS, DIFFICULTIES, MEETINGS, NOTICES)

__all__ = ["LISTINGS", "TABLE_OF_TASKS"]
