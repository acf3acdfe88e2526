"""Reading the tree, people, posts and accounts."""

from jiangong.ground.organization.queries.accounts import (
    account_page,
    account_to_administer,
    accounts_of,
    accounts_page,
    actor_of,
    grant_to_administer,
)
from jiangong.ground.organization.queries.counts import (
    population_bound,
    reference_count,
    reference_counts_of,
)
from jiangong.ground.organization.queries.people import (
    body_names,
    people_of,
    people_page,
    person_choices,
    person_in_scope,
    person_page,
    post_to_administer,
    posts_of,
)
from jiangong.ground.organization.queries.search import search_people, search_units
from jiangong.ground.organization.queries.tree import (
    Lineage,
    children,
    federation_id,
    home_unit,
    lineage,
    path,
    placements,
    unit,
)
from jiangong.ground.organization.queries.units import (
    level_below,
    likely_kind,
    unit_choices,
    unit_page,
    unit_to_administer,
    units_page,
)

__all__ = [
    "Lineage",
    "account_page",
    "account_to_administer",
    "accounts_of",
    "accounts_page",
    "actor_of",
    "body_names",
    "children",
    "federation_id",
    "grant_to_administer",
    "home_unit",
    "level_below",
    "likely_kind",
    "lineage",
    "path",
    "people_of",
    "people_page",
    "person_choices",
    "person_in_scope",
    "person_page",
    "placements",
    "population_bound",
    "post_to_administer",
    "posts_of",
    "reference_count",
    "reference_counts_of",
    "search_people",
    "search_units",
    "unit",
    "unit_choices",
    "unit_page",
    "unit_to_administer",
    "units_page",
]
