"""The house: which files an app has, and what its models promise."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from jiangong.ground.shared import frame, seals

SOURCE = Path(__file__).resolve().parents[2] / "src" / "jiangong"
FLOORS = ("ground", "books", "work", "governance", "doors")
READING_ORDER = {"rules", "models", "access", "measures", "queries", "operations", "sheets", "forms"}
READING_ORDER |= {"views", "api", "tasks", "urls"}
ALSO = {"__init__", "apps", "migrations", "templates", "templatetags", "static", "locale", "management"}
EXEMPT = {"ground/shared"}
NEVER = {"utils", "helpers", "services", "signals"}
OWN_FILES: dict[str, set[str]] = {
    "ground/organization": {
        "middleware",  # who is signed in, put on the request
        "sessions",  # where Django keeps sessions
    },
    "doors/desk": {"frame"},  # what every page shows around its content
}
LONGEST = 450
PARTS = {  # rows that are nothing without their whole, and go with it
    "activities.KindQuantity.kind",
    "activities.ActivityQuantity.activity",
    "activities.SignIn.activity",
}
PROVED_OTHERWISE = {  # by chains of their own, from what they are derived from, or with the content of their record
    *("audit.AuditEvent", "audit.AuditHead", "ledger.Posting", "ledger.Entry", "ledger.Balance"),
    *("ledger.SubjectSet", "ledger.Edition"),
    *("activities.Activity", "activities.ActivityQuantity", "activities.Venue"),
    *("plan.TaskProgress",),
}
NOT_PROVED = {
    # a digest of a name in the audit log could be guessed back
    *("organization.Person", "activities.Attendee", "activities.SignIn", "identity.OutsideIdentity"),
    # secrets, and where somebody is signed in
    *("organization.FormerPassword", "organization.Invitation", "organization.Session"),
    *("identity.Authenticator", "identity.RecoveryCode", "identity.Passkey"),
    # what parts of figures are called; their codes are proved with the entries
    *("ledger.Facet",),
    # work in hand, kept for a while; what it led to is sealed
    *("sheets.SheetImport", "ledger.BatchReview", "reports.CheckedText"),
    # read from the ledger each night; what was told of it, and sending it: the notices themselves are sealed
    *("plan.TaskLight", "plan.Reminder", "plan.Delivery"),
    # found in the photos, which are proved
    *("evidence.Likeness", "evidence.Lookalike"),
}


def app_folders() -> list[Path]:
    folders = [folder for floor in FLOORS for folder in sorted((SOURCE / floor).iterdir()) if folder.is_dir()]
    return [folder for folder in folders if folder.name != "__pycache__"]


def by_path(folder: Path) -> str:
    return str(folder.relative_to(SOURCE))


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("jiangong.")]


def by_label(model: type[models.Model]) -> str:
    return model._meta.label


@pytest.mark.parametrize("folder", app_folders(), ids=by_path)
def test_an_app_has_the_usual_files_and_no_others(folder: Path) -> None:
    name = by_path(folder)
    allowed = READING_ORDER | ALSO | OWN_FILES.get(name, set())
    present = {path.stem for path in folder.iterdir() if path.name != "__pycache__"}
    assert name in EXEMPT or present <= allowed, sorted(present - allowed)


def test_nothing_is_called_helpers() -> None:
    assert [by_path(path) for path in SOURCE.rglob("*.py") if path.stem in NEVER] == []


def test_files_stay_short() -> None:
    sources = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
    lengths = {by_path(path): len(path.read_text("utf-8").splitlines()) for path in sources}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_migrations_are_named_for_what_they_do() -> None:
    assert [by_path(path) for path in SOURCE.rglob("migrations/*_auto_*.py")] == []


def foreign_keys(model: type[models.Model]) -> Iterator[models.ForeignKey[models.Model]]:
    for field in model._meta.local_fields:
        if isinstance(field, models.ForeignKey):
            yield field


@pytest.mark.parametrize("model", own_models(), ids=by_label)
def test_what_others_point_at_is_protected(model: type[models.Model]) -> None:
    loose = [
        str(field) for field in foreign_keys(model) if field.remote_field.on_delete is not models.PROTECT
    ]
    assert [name for name in loose if name not in PARTS] == []


@pytest.mark.parametrize("model", own_models(), ids=by_label)
def test_constraints_are_named_for_their_model(model: type[models.Model]) -> None:
    assert not model._meta.unique_together, "use a named UniqueConstraint"
    assert [constraint for constraint in model._meta.constraints if not constraint.name] == []
    assert [index for index in model._meta.indexes if index.name.endswith("_idx")] == []


@pytest.mark.parametrize("model", own_models(), ids=by_label)
def test_models_keep_djangos_save_and_delete(model: type[models.Model]) -> None:
    own = [kind for kind in model.__mro__ if kind.__module__.startswith("jiangong.")]
    changed = [f"{kind.__name__}.{name}" for kind in own for name in ("save", "delete") if name in vars(kind)]
    assert changed == []


@pytest.mark.parametrize("model", own_models(), ids=by_label)
def test_quantities_are_never_floats(model: type[models.Model]) -> None:
    assert [field.name for field in model._meta.local_fields if isinstance(field, models.FloatField)] == []


def test_every_model_is_proved_or_there_is_a_reason_why_not() -> None:
    unsealed = {by_label(model) for model in own_models() if not seals.is_kept(model)}
    assert unsealed == PROVED_OTHERWISE | NOT_PROVED


def test_every_act_has_words_and_a_subject_for_the_audit_log() -> None:
    written = {path: path.read_text("utf-8") for path in SOURCE.rglob("operations/**/*.py")}
    written |= {path: path.read_text("utf-8") for path in SOURCE.rglob("operations.py")}
    text = "\n".join(written.values())
    verbs = set(re.findall(r'"([a-z]+\.[a-z_]+)"', text)) & {act.code for act in frame.acts}
    audited = set(re.findall(r'(?:verb=|audit(?:_record)?\(\s*actor,\s*)"([a-z]+\.[a-z_]+)"', text))
    assert audited
    assert audited <= verbs
    assert set(re.findall(r'subject_type="(\w+)"', text)) <= {subject.code for subject in frame.subjects}
    assert {act.code for act in frame.acts} <= set(re.findall(r'"([a-z]+\.[a-z_]+)"', text))
