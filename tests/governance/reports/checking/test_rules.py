"""Restoring, numbers and single checks, without a database."""

from __future__ import annotations

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiangong.books.figures.rules.numerals import Sense, amount, numbers
from jiangong.governance.reports.rules import checking
from jiangong.governance.reports.rules.checking import Verdict, restore
from jiangong.ground.shared.rules.numbers import FULL_WIDTH, grouped

WIDE = str.maketrans("0123456789", FULL_WIDTH)
SIGNS = "建档困难职工人次，。、“”（）\n \u30002019年0多余5万听党话开展"


@given(st.integers(2, 10**9))
def test_a_number_is_read_back_in_every_notation(number: int) -> None:
    for written in (str(number), f"{number:,}", str(number).translate(WIDE), cn2an.an2cn(number)):
        assert amount(written) == number


@given(st.integers(1, 999), st.sampled_from(["万", "亿"]), st.sampled_from(["人次", "元", "册"]))
def test_scales_multiply(number: int, scale: str, unit: str) -> None:
    (found,) = numbers(f"共{number}{scale}{unit}")
    assert found.value == number * {"万": 10**4, "亿": 10**8}[scale]


@given(st.text(SIGNS, max_size=120))
@settings(deadline=None)  # the first text a process reads loads the dictionary
def test_restoring_keeps_every_sign_but_layout_and_doubles(text: str) -> None:
    restored = restore(text)
    if not restored.doubled:
        assert "".join(restored.text.split()) == "".join(text.split())


@given(st.text(SIGNS, max_size=160))
@settings(deadline=None)  # the first text a process reads loads the dictionary
def test_places_always_lie_within_the_text(text: str) -> None:
    found = checking.check(text)
    places = [(claim.start, claim.end) for claim in found.claims]
    for start, end in (*places, *((mark.start, mark.end) for mark in found.marks)):
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    "text,codes",
    [
        ("受众余人次。", ["M1"]),
        ("今年开展活动  场。", ["M1"]),
        ("投入多万元。", ["M1"]),
        ("来了许多人次日再来。", []),
        ("其余人员均已到岗，业余生活丰富多元。", []),
        ("共评选10人，其中男6人、女5人。", ["P13"]),
        ("共评选11人，其中男6人、女5人。", []),
        ("全年共开展活动18场，其中一季度5场，二季度6场，三季度7场，合计18场。", []),
        ("全年共开展活动18场，其中一季度5场，二季度6场，三季度7场，合计19场。", ["P13"]),
        ("共慰问困难职工120户，春节走访60户，夏送清凉40户，金秋助学20户，合计120户。", []),
        ("共慰问困难职工120户，春节走访60户，夏送清凉40户，金秋助学21户，合计120户。", ["P13"]),
        ("累计开展活动18场：一季度5场，二季度13场，合计18场。", []),
        ("开展活动18场，一季度5场，二季度6场，三季度7场，合计18场。", []),
        ("市总共投入5万元，企业投入3万元，街道投入1万元，合计9万元。", []),
        ("市总共投入5万元，企业投入3万元，街道投入1万元，合计8万元。", ["P13"]),
        ("一季度：5场，二季度：6场，合计11场。", []),
        ("一季度：5场，二季度：6场，合计12场。", ["P13"]),
        ("为50户每户发放500元，共计30000元。", ["P13"]),
        ("受理20件，办结18件，办结率95%。", ["P13"]),
        ("评选产生劳模20名，男12名、女8名，男性占70%。", ["P13"]),
        ("评选产生劳模20名，男12名、女8名，女性占40%。", []),
        ("评选产生劳模20名，其中男12名、女8名，男性占60%。", []),
        ("评选产生劳模20名，其中男12名、女8名，男性占40%。", ["P13"]),
        ("男性7名、女性5名，男性占60%。", ["P13"]),
        ("男性7名、女性5名，男性占58.3%。", []),
        ("男性7名、女性5名，男性占全市劳模的60%。", []),
        ("会员由100人增加到150人，增长50%。", []),
        ("会员由100人增加到150人，增长30%。", ["P13"]),
        ("进校园、进社区“三进”活动。", ["P10"]),
        ("市总工会工会干部学习学习。", []),
        ("他说：“明天再来。", ["P15"]),
        ("高邮市总工会机关\n关于商请支持的函\n请予支持。\n高邮市总工会机关\n2020年3月5日", []),
        ("高邮市总工会机关\n关于商请支持的函\n请予支持。\n高邮市总工会机关\n请予支持。", ["P15"]),
        ("（二）形成目录。（牵头部\n室：办公室）", []),
        ("（二）形成目录。（牵头部\n\n室：办公室）", []),
        ("（二）形成目录。\n（牵头部室：\n办公室；配合部室：宣传部）", []),
        ("（二）形成目录。（牵头部\n1）办公室。", ["P15"]),
        ("（一）组织领导。1）明确责任。", []),
        ("受理20件，办结21件。", ["P13"]),
        ("受理20件，办结18件。", []),
        ("完成培训30场，比上年的20场增加12场。", ["P13"]),
        ("完成培训30场，比上年的20场增加10场。", []),
        ("收到会费8万元，支出6万元，结余3万元。", ["P13"]),
        ("收到会费8万元，支出6万元，结余2万元。", []),
        ("制造业占60%，服务业占30%，其他行业占20%。", ["P13"]),
        ("制造业占60%，服务业占30%，其他行业占10%。", []),
        ("东村 12户 300元\n西村 10户 200元\n合计 25户 500元", ["P13"]),
        ("东村 12户 300元\n西村 10户 200元\n合计 22户 500元", []),
        ("建档困难职工20户，今年帮扶建档困难职工25户。", ["P6"]),
        ("线上课程20节，500人参加，人均听课6节。", []),
        ("慰问金｜104200\n助学金｜48200\n合计｜150000", ["P13"]),
        ("慰问金｜104200\n助学金｜48200\n合计｜152400", []),
        ("走访｜312户\n书籍｜2100册\n合计｜3000册", []),
        ("甲｜1\n乙｜2\n小计｜3\n丙｜4\n丁｜5\n小计｜9\n合计｜12", []),
        ("甲｜1\n乙｜2\n小计｜3\n丙｜4\n丁｜5\n小计｜9\n合计｜13", ["P13"]),
        ("甲｜0.34万元\n乙｜0.33万元\n合计｜0.66万元", []),
        ("甲｜3人\n其中：女｜1人\n合计｜3人", []),
        ("合计｜30人\n甲｜12人\n乙｜18人", []),
        ("合计｜30人\n甲｜12人\n乙｜19人", ["P13"]),
        ("合计｜30人\n其中：男｜12人\n女｜10人", []),
        ("合计｜30人\n其中：男｜12人\n女｜19人", ["P13"]),
        ("甲｜12人\n乙｜18人\n合计｜30人\n其中：女｜31人", ["P13"]),
        ("甲｜12人\n其中：女｜9人\n乙｜18人\n合计｜30人", []),
        ("甲｜12人\n其中：男｜3人\n女｜9人\n乙｜18人\n合计｜30人", []),
        ("甲｜12人\n其中：女｜9人\n乙｜18人\n合计｜38人", ["P13"]),
        ("合计 22户 500元\n东村 12户 300元\n西村 10户 200元", []),
        ("合计 25户 500元\n东村 12户 300元\n西村 10户 200元", ["P13"]),
        ("甲｜率3\n乙｜率5\n合计｜率4", []),
        ("共" + "9" * 20_000 + "人", ["P3"]),
        ("共" + "９" * 20_000 + "人，另2人", ["P3"]),
        ("帐号" + "1" * 19 + "，发放300户", []),
        ("累计接听电话多个。", ["M1"]),
        ("累计接听电话很多个。", []),
        ("大家久久为攻，精益求金。", ["P15", "P15"]),
        ("大家久久为功，拾遗补阙。", []),
        ("“先有国家，后有小家。\n“这是父亲说的。”", []),
        ("“先有国家，后有小家。\n这是父亲说的。”", ["P15", "P15"]),
        ("孙玉梅、高建华获评市劳模。", ["P18", "P18"]),
        ("劳动模范王秀英在社区开了理发店。", ["P18"]),
        ("老劳模高兴地说，职工车辆停在厂区。", []),
        ("获省五一劳动奖章，又获市“五一”劳动奖章。", ["P17"]),
    ],
)
def test_a_check_finds_what_is_odd_and_nothing_else(text: str, codes: list[str]) -> None:
    assert [mark.code for mark in checking.check(text).marks] == codes


@pytest.mark.parametrize(
    "text,low,high", [("来了十五六个人", 15, 16), ("剩七八本", 7, 8), ("到了三四百人", 300, 400)]
)
def test_neighbouring_digits_are_either_of_two_numbers(text: str, low: int, high: int) -> None:
    (found,) = numbers(text)
    assert found.sense is Sense.RANGE
    assert (found.lower, found.upper) == (Decimal(low), Decimal(high))


def test_a_known_place_is_seen_through_what_a_scanner_misread() -> None:
    known = checking.Registry(places=("望江村",))
    (mark,) = checking.check("活动地点：望江材", registry=known).marks
    assert (mark.code, mark.compared) == ("P17", ("望江材", "望江村"))


def test_two_sentences_that_disagree_are_shown_to_each_other() -> None:
    text = "2019年建成职工书屋12家。\n2019年建成职工书屋15家。"
    (mark,) = checking.check(text).marks
    assert (mark.code, mark.verdict) == ("C1", Verdict.CONTRADICTS)
    assert mark.other is not None
    assert text[mark.other[0] : mark.other[1]] == "12家"


@pytest.mark.parametrize("text", ["2018年建成书屋12家。2019年建成书屋15家。", "书屋12家，其中新增书屋3家。"])
def test_other_years_and_parts_are_no_contradiction(text: str) -> None:
    assert checking.check(text).marks == ()


def test_broken_columns_become_sentences() -> None:
    text = "开展“送清凉”活动，走访一线工\n地，慰问职工 300 \n余人。"
    found = checking.check(text)
    assert found.restored.text == "开展“送清凉”活动，走访一线工地，慰问职工300余人。"
    assert [(claim.lower, claim.unit) for claim in found.claims] == [(Decimal(300), "人")]


def test_a_number_without_end_is_quoted_by_its_ends() -> None:
    (mark,) = checking.check("共1" + "9" * 20_000 + "8人", registry=checking.Registry(population=10)).marks
    assert mark.compared == ("199999…999998", "—")
    assert grouped(10**20_000).endswith(",000")


def test_rows_of_two_tables_do_not_contradict_one_another() -> None:
    assert checking.check("走访困难职工｜12户。\n走访困难职工｜15户。").marks == ()
    found = checking.check("走访困难职工｜12户。\n走访困难职工｜15户。").claims
    assert [claim.thing for claim in found] == ["走访困难职工"] * 2


@pytest.mark.parametrize(
    "text,values",
    [
        ("会员总数十二万八千余人，职工总数三万余人，参赛人数三百人。", [128000, 30000, 300]),
        ("多数两人，数百名。", [100]),
        ("举办讲座1\n37场，走访3\n6场。", [137, 36]),
        ("附件1\n37场讲座，第3\n6场。", [37, 6]),
        ("举办讲座1\n\n37场。", [37]),
        ("发放书籍2 036册，会员总数 12 800人。", [2036, 12800]),
        ("东村 12 300元\n西村 10 200元", [300, 200]),
        ("2020 100人到会。", [100]),
        ("培训3 60人，到5人。", [5]),
        ("剩三五户。", [3]),
        ("剩三六户。", [36]),
    ],
)
def test_a_number_is_read_whole_or_not_at_all(text: str, values: list[int]) -> None:
    assert [claim.value for claim in checking.check(text).claims] == values


@pytest.mark.parametrize(
    "text,codes",
    [
        ("一场讲座吸引了8万名职工。", ["P2"]),
        ("一场讲座吸引了80名职工。", []),
        ("每一场讲座吸引了8万名职工。", []),
        ("组织一场讲座，全市有8万名职工。", []),
        ("走访周港村，又到周苍村。", ["P17", "P17"]),
        ("走访周巷村，又到香港村。", []),
    ],
)
def test_what_the_federation_knows_shows_what_cannot_be(text: str, codes: list[str]) -> None:
    known = checking.Registry(places=("周巷村",), audience=(5, 500))
    assert [mark.code for mark in checking.check(text, registry=known).marks] == codes
