"""Refusals that are told together."""

import pytest

from jiangong.ground.shared.errors import DomainError, NotFound, Several, StaleForm, StorageFull, require_all


def refusing(refusal: DomainError) -> None:
    raise refusal


def test_what_one_check_refuses_is_told_as_it_is() -> None:
    only = StorageFull("file")
    with pytest.raises(StorageFull) as told:
        require_all(lambda: None, lambda: refusing(only))
    assert told.value is only
    assert told.value.parts == (only,)


def test_what_several_refuse_is_told_together_however_deep() -> None:
    first, second, third = DomainError("a"), StorageFull("b"), DomainError("c")
    with pytest.raises(Several) as told:
        require_all(
            lambda: refusing(first),
            lambda: require_all(lambda: refusing(second), lambda: refusing(third)),
        )
    assert list(told.value.parts) == [first, second, third]
    assert told.value.field == "a"
    assert str(second) in str(told.value)


@pytest.mark.parametrize("refusal", [NotFound(), StaleForm()], ids=lambda refusal: refusal.code)
def test_access_and_overtaken_forms_are_told_alone(refusal: DomainError) -> None:
    with pytest.raises(type(refusal)):
        require_all(lambda: refusing(DomainError("a")), lambda: refusing(refusal))
