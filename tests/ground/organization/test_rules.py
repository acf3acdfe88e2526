"""Identifiers, life and search keys of units, without a database."""

from datetime import date

import pytest

from jiangong.ground.organization import rules


@pytest.mark.parametrize("code", ["91350200776049653A", "91350500798359476R"])
def test_a_true_credit_code_is_plausible(code: str) -> None:
    assert rules.is_uscc_plausible(code)


@pytest.mark.parametrize(
    "code", ["91350200776049653B", "91350203M0001QAY9B", "9135020077604965", "", "总工会"], ids=repr
)
def test_a_code_with_a_wrong_check_digit_is_odd(code: str) -> None:
    assert not rules.is_uscc_plausible(code)


@pytest.mark.parametrize("code", ["321084", "321084001", "321084001002"])
def test_division_codes_have_6_9_or_12_digits(code: str) -> None:
    assert rules.is_division_code(code)


@pytest.mark.parametrize("code", ["32108", "3210840", "32108a", "３２１０８４", "3210840010020"])
def test_other_division_codes_are_refused(code: str) -> None:
    assert not rules.is_division_code(code)


@pytest.mark.parametrize("name", ["zhangsan", "王建国", "wang.jg@gyzgh", "a_1"])
def test_sign_in_names_have_letters_digits_and_some_signs(name: str) -> None:
    assert rules.is_sign_in_name(name)


@pytest.mark.parametrize("name", ["", "a", "zhang san", "a/b", "x" * 61, "a\nb"], ids=repr)
def test_other_sign_in_names_are_refused(name: str) -> None:
    assert not rules.is_sign_in_name(name)


def test_a_unit_is_in_being_from_its_first_to_its_last_day() -> None:
    since, until = date(2018, 1, 1), date(2020, 12, 31)
    assert rules.is_in_being(since=since, until=until, on=since)
    assert rules.is_in_being(since=since, until=until, on=until)
    assert not rules.is_in_being(since=since, until=until, on=date(2021, 1, 1))
    assert rules.is_in_being(since=since, until=None, on=date(2999, 1, 1))


def test_units_are_found_by_full_pinyin_and_by_initials() -> None:
    key = rules.pinyin_key("市总工会")
    assert "gonghui" in key
    assert key.endswith("szgh")


def test_people_stand_in_the_order_of_syllables() -> None:
    names = ["黄伟", "胡丽", "林娜", "李强"]
    assert sorted(names, key=rules.pinyin_of_person) == ["胡丽", "黄伟", "李强", "林娜"]
    assert "huangwei" in rules.pinyin_of_person("黄伟")
