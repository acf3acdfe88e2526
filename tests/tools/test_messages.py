"""The reader of marked strings finds what Django would look up, no more and no less."""

from pathlib import Path

import pytest

from tools.messages import UNNAMED, Marked, Misuse, marked_in, placeholders

Found = tuple[str, str | None, str | None]


def found_in(path: Path, text: str) -> list[Found]:
    path.write_text(text, "utf-8")
    return [(item.text, item.plural, item.context) for item in marked_in(path) if isinstance(item, Marked)]


def misuses_in(path: Path, text: str) -> int:
    path.write_text(text, "utf-8")
    return sum(isinstance(item, Misuse) for item in marked_in(path))


@pytest.mark.parametrize(
    "source,expected",
    [
        ('_("One " "sentence")', ("One sentence", None, None)),
        ('translation.gettext_lazy("By attribute")', ("By attribute", None, None)),
        ('ngettext("%(n)s file", "%(n)s files", n)', ("%(n)s file", "%(n)s files", None)),
        ('pgettext_lazy("month", "May")', ("May", None, "month")),
        ('npgettext("list", "a", "b", n)', ("a", "b", "list")),
    ],
)
def test_python_calls_are_found(tmp_path: Path, source: str, expected: Found) -> None:
    assert found_in(tmp_path / "m.py", source) == [expected]


@pytest.mark.parametrize(
    "source,expected",
    [
        ('{% translate "Sign in" %}', ("Sign in", None, None)),
        ("{% trans 'May' context 'month' as name %}", ("May", None, "month")),
        ('{% translate "100% \\"sure\\"" %}', ('100%% "sure"', None, None)),
        ('{{ _("In a variable")|title }}', ("In a variable", None, None)),
        ('{% include "a/_b.html" with title=_("As an argument") %}', ("As an argument", None, None)),
        (
            "{% blocktranslate %}Hello {{ name }}, 5%{% endblocktranslate %}",
            ("Hello %(name)s, 5%%", None, None),
        ),
        (
            "{% blocktranslate trimmed count n=n context 'c' %}\n One\n  file\n{% plural %}\n"
            " {{ n }} files\n{% endblocktranslate %}",
            ("One file", "%(n)s files", "c"),
        ),
    ],
)
def test_template_tags_are_found(tmp_path: Path, source: str, expected: Found) -> None:
    assert found_in(tmp_path / "t.html", source) == [expected]


def test_variables_and_comments_are_not_strings(tmp_path: Path) -> None:
    assert found_in(tmp_path / "t.html", '{% translate label %}{# {% translate "no" %} #}') == []
    assert found_in(tmp_path / "m.py", "_(label)") == []


@pytest.mark.parametrize("source", ['_(f"Hello {name}")', '_("a" + "b")'])
def test_what_python_cannot_translate_is_a_misuse(tmp_path: Path, source: str) -> None:
    assert misuses_in(tmp_path / "m.py", source) == 1


@pytest.mark.parametrize("inner", ["{{ a|title }}", "{% if a %}b{% endif %}"])
def test_what_a_block_cannot_hold_is_a_misuse(tmp_path: Path, inner: str) -> None:
    assert misuses_in(tmp_path / "t.html", f"{{% blocktranslate %}}{inner}{{% endblocktranslate %}}") >= 1


def test_placeholders_are_told_from_percent_signs() -> None:
    assert placeholders("%(name)s has {count:d} of 100%%") == {"name", "count"}
    assert [text for text in ("%s", "%d files", "{}") if not UNNAMED.search(text)] == []
    assert [text for text in ("%(a)s", "50%% sure", "100% done") if UNNAMED.search(text)] == []
