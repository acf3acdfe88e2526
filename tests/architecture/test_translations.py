"""Every visible string is marked, and has its Chinese in the catalogue of its own app."""

import pytest
from django.utils import translation

from tools.messages import App, apps, as_entry, contradictions

APPS = apps()


def by_app(app: App) -> str:
    return app.name


@pytest.mark.parametrize("app", APPS, ids=by_app)
def test_every_marked_string_is_translated(app: App) -> None:
    missing = [as_entry(marked) for marked in app.missing()]
    if missing:
        pytest.fail(f"to add to {app.catalogue_path}:\n\n" + "\n".join(missing), pytrace=False)


@pytest.mark.parametrize("app", APPS, ids=by_app)
def test_translations_keep_the_placeholders(app: App) -> None:
    assert app.wrong_placeholders() == []


@pytest.mark.parametrize("app", APPS, ids=by_app)
def test_placeholders_are_named(app: App) -> None:
    assert [marked.text for marked in app.unnamed_placeholders()] == []


@pytest.mark.parametrize("app", APPS, ids=by_app)
def test_marked_strings_are_plain_literals(app: App) -> None:
    assert [f"{misuse.path}:{misuse.line}: {misuse.why}" for misuse in app.misuses] == []


@pytest.mark.parametrize("app", APPS, ids=by_app)
def test_catalogues_hold_nothing_left_over(app: App) -> None:
    assert app.leftovers() == []


def test_no_two_catalogues_contradict_each_other() -> None:
    assert contradictions() == []


@pytest.mark.parametrize("app", APPS, ids=by_app)
def test_people_see_the_translation_of_the_catalogue(app: App) -> None:
    """Another app's catalogue may know the same words, such as Django's own "session" (会话)."""
    with translation.override("zh-hans"):
        shown = {words: looked_up(*words) for words in app.marked}
    ours = {words: texts[0] for words, texts in app.translations().items()}
    assert {words: text for words, text in shown.items() if ours.get(words, text) != text} == {}


def looked_up(context: str | None, text: str) -> str:
    """Older Pythons find a text with a plural by its plural only."""
    if context:
        return translation.pgettext(context, text)
    said = translation.gettext(text)
    return translation.ngettext(text, text, 1) if said == text else said
