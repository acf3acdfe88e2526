"""What the audit log calls campaigns and tasks, to those who may see them."""

from __future__ import annotations

from collections.abc import Sequence

from jiangong.governance.plan import access
from jiangong.ground.shared.actors import Actor


def campaign_names(actor: Actor, uuids: Sequence[str]) -> dict[str, str]:
    found = access.campaigns_in_reach(actor).filter(uuid__in=uuids)
    return {str(uuid): name for uuid, name in found.values_list("uuid", "name")}


def task_names(actor: Actor, uuids: Sequence[str]) -> dict[str, str]:
    found = access.tasks_in_reach(actor).filter(uuid__in=uuids)
    return {str(uuid): title for uuid, title in found.values_list("uuid", "title")}
