"""Numbers whose digits were lost: 受众余人次, 开展活动　场, 投入多万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from jiangong.books.figures.rules.units import UNIT
from jiangong.books.ledger.rules import Severity
from jiangong.governance.reports.rules.checking import segmenting
from jiangong.governance.reports.rules.checking.model import Mark, Verdict
from jiangong.ground.shared.translation import gettext as _

PLAIN = "人次|场次|万元|亿元|人|名|位|户|家|件|场|册|份|本|次|元|个|项|条|处|期|支|篇"
NUMERAL = "0-9０-９零一二两三四五六七八九十百千万亿几数半"
ENDS = r"(?=[，。；、！？）)\n]|以上|左右|$)"
TOTALS = (
    "共计|合计|总计|累计|共有|人数达|总数达|金额达|经费|资金|补助|资助|金额|善款|捐款|共|达到|超过|近|约|逾"
    "|发放|送出|送去|募集|投入|筹集"
)
PATTERNS = (
    # 余 counts nothing of its own, but in words such as 其余 and 业余
    re.compile(
        rf"(?<![{NUMERAL}其剩业残结盈有富空宽多年岁])(?P<at>余(?:万|亿|千|百)?(?:{PLAIN}))(?![员人家地额款数])"
    ),
    re.compile(rf"(?<![{NUMERAL}许很更众诸太颇繁最过增差大])(?P<at>多(?:[万亿](?:{PLAIN})|人次|场次))"),
    # a gap, a line or crosses where a number belongs
    re.compile(rf"(?<=[\u4e00-\u9fff])(?P<at>[\u3000_＿□○〇×Ｘ]{{1,8}}\s?[余多]?[万亿]?{UNIT})"),
    re.compile(rf"(?<=[\u4e00-\u9fff])(?P<at>[Xx×]{{2,4}}[余多]?[万亿]?{UNIT})"),
    re.compile(
        rf"(?:{TOTALS})(?P<at>(?:人次|场次|(?<![近约逾过])(?:万元|亿元)|余?元|余?户|余?件|余?册){ENDS})"
    ),
    re.compile(rf"(?:共计|合计|总计|累计|共有|超过)(?:{{0}})(?P<at>(?:{PLAIN}){ENDS})".replace("{0}", "")),
    re.compile(
        r"(?:慰问|走访|帮扶|救助|资助|培训|吸引|惠及|覆盖|服务|组织|为|给|向)(?P<at>(?:余|多)?(?:名(?![称利优的次不副单义誉额师校家录册字为人目正言])|户(?![外籍口主型])|余人)(?=[\u4e00-\u9fff]{2}))"
    ),
    # 累计接听来电多个: what was added up is no 多
    re.compile(
        rf"(?:累计|共计|合计|总计|总共)[^，。；、！？\n]{{0,12}}(?<![{NUMERAL}许很更众诸太颇繁最过增差大其剩])(?P<at>[多余](?:{PLAIN}){ENDS})"
    ),
    re.compile(r"(?:增长|下降|提高|提升|上升|达到|达|完成|占比?|率为|率达|率)(?P<at>(?:了)?[%％])"),
    re.compile(rf"(?<=其中)(?P<at>(?:{PLAIN}){ENDS})"),
    # 每人元, 增长个百分点, 第届, 于年月日, 超过人次
    re.compile(
        r"(?:每[人户名家场位]|人均|户均|场均)(?:补助|发放|奖励|资助|慰问金|补贴|赔付|标准为?)?"
        r"(?P<at>(?:万?元|小时)(?!宵|旦|素|老|件|化))"
    ),
    re.compile(
        r"(?:补助金?|救助金|资金|慰问金|经费|善款|助学金|奖金|捐款)(?P<at>[余多]?[万亿]元|[余多]元)(?=[，。；])"
    ),
    re.compile(
        r"(?:咨询|受众|听众|观众|参与|服务|接待|参加|走访|慰问|来访|参观|体检|培训)(?:职工|群众|居民)?(?P<at>人次)(?=[，。；])"
    ),
    re.compile(r"(?P<at>(?<=第)届)(?=[\u4e00-\u9fff]{2})"),
    re.compile(r"(?:提高|上升|下降|增长|增加|提升|降低)了?(?P<at>个百分点)"),
    re.compile(r"(?<=[于自至从在])(?P<at>年?月日)"),
    re.compile(
        r"(?:超过|突破|将近|接近|多达|不少于|高达(?![万亿]元)|达到|共计|合计|累计达?|总计|约)"
        r"(?P<at>(?:人次|场次|万元|亿元|余人|多人|余元|多元(?!化)|余件|余户|余册|余场))"
    ),
    re.compile(r"(?:占地|占地面积|建筑面积|面积)约?(?P<at>平方米|亩|平米)"),
    re.compile(
        r"(?:(?:共|已|另|还|仍|尚)有|(?:^|(?<=[，。；\n]))有)(?P<at>名)(?=职工|会员|代表|党员|选手|学员|员工|工人|农民工|困难|同志)"
    ),
)
ROUND = (
    # 受众达万人次, 累计发放资料万份: what is added up is told by more than the sign for its size
    re.compile(
        rf"(?:(?<![公总中一])共(?:计|有|达)?|合计|总计|总共|(?:总数|人数|受众|累计|人次|总量)(?:为|达到?|共))(?P<at>[万亿](?:{PLAIN}|张|字|亩){ENDS})"
    ),
    re.compile(rf"(?<![高可各超])(?P<at>(?<=达)[万亿](?:人次|场次|册|份|件|户){ENDS})"),
    re.compile(
        rf"(?:累计|共计|合计|总计|总共)[^，。；、！？\n]{{1,12}}(?<![{NUMERAL}近超逾约上成过余多来])(?P<at>[万亿](?:人次|场次|册|份|件|户|元|人){ENDS})"
    ),
)
NOUN = rf"(?:(?![{NUMERAL}某这那各每])[\u4e00-\u9fff]){{2,6}}?"
END = r"(?=[，。；、！？）]|$)"
COUNTING = (
    "举办|召开|开展|组织|举行|开办|发放|印发|发出|派发|编印|送出|送去|送上|借阅|赠送|配送|张贴|悬挂|制作|受理|办结|收到|征集|收集|采纳|化解|调解|处理|解决|整改|排查|发现|查出|提出"
    "|慰问|走访|帮扶|救助|看望|结对|惠及|现有|共有|拥有|新建|建成|建立|新增|发展|吸收|吸引|评选出?|选出|表彰|选派|招收|招募|邀请|聘请|办理|提供|供应|接听|接到|拨打|接待|安排|成立|组建"
    "|设立|设置|配备|添置|购置|采购|订购|命名|创建|培育|选树|奖励|通过|推荐|上报|报送|撰写|刊发|发布|推送|播放|拍摄|录制|检查|抽查|巡查|调研|督查|修建|改造|安装|更换|捐赠|募集|出动|投入"
    "|占地|面积|建筑面积|为期|历时|行程|完成|实施|培训|签订|审查|审核|回访|开通|开设|建档|录用|报名|授予"
)
COUNTS = (
    "名|位|户|家|场|次|期|份|册|条|件|项|支|套|副|篇|间|辆|幅|盏|节|枚|床|箱|袋|顶|瓶|盒|艘|株|棵|人次|场次"
)
LONE = (
    # 邀请位专家, 送出春联副, 提供岗位个: what is counted, before its noun or behind it
    re.compile(
        rf"(?:{COUNTING})了?(?P<at>余?(?:{COUNTS}))(?![\u4e00-\u9fff]{{0,2}}翻)(?=[\u4e00-\u9fff]{{2}})"
    ),
    re.compile(
        rf"(?:{COUNTING})了?(?:{NOUN})?(?<![之名多几少])(?P<at>余?(?:{COUNTS}|张|个|天|平方米|公里|小时))"
        + END
    ),
    re.compile(rf"[、和及](?:{NOUN})(?P<at>余?(?:名|份|张|副|幅|篇|个|件|条))" + END),
    re.compile(
        r"(?:全[市县区镇厂省]|(?<!没)(?<!具)(?<!所)有|共有|其中|已有|又有)(?P<at>余?(?:名|户|个(?=乡镇|街道|社区|企业|单位|车间|班组|部门|基层)))(?=[\u4e00-\u9fff]{2})"
    ),
    re.compile(r"(?:^|(?<=[。；\n]))第(?P<at>届|期|批)(?=[\u4e00-\u9fff]{2})"),
    # ，名代表参加: a clause does not begin with what counts
    re.compile(
        r"(?:^|(?<=[，。；：、\n]))(?P<at>余?名)(?=代表|职工|会员|选手|委员|志愿者|学员|工人|干部|党员|员工|劳模|同志|教师|医生|医护"
        r"|居民|村民|队员|女职工|青年|农民工|困难)"
    ),
    re.compile(rf"(?:^|(?<=[，。；：、\n]))(?P<at>(?:余|(?<=[，。；：、])多(?=人次|万元|场次))(?:{PLAIN}))"),
    # 开展职工大讲堂场。: a verb of holding, what is held and what counts it
    re.compile(
        rf"(?:举办|召开|开展|举行|开办)了?(?:{NOUN}|(?:(?![{NUMERAL}某这那各每])[\u4e00-\u9fff]){{7,10}}?)(?<![首末专主全半整本该单同])"
        r"(?P<at>余?[场期]|[余多]?场次|余次)" + END
    ),
    # 举办期, 发放份, 走访户: a verb of counting, and what it counts
    re.compile(r"(?:举办|召开|开展|组织|举行|开办)了?(?P<at>余?[场期次])(?=[\u4e00-\u9fff]{2}|[，。；、])"),
    re.compile(
        rf"(?:发放|印发|发出|派发|编印|送出|借阅|赠送|配送|张贴|悬挂|制作)了?(?:{NOUN})?(?P<at>[余多]?[份册条张幅块])"
        + END
    ),
    re.compile(
        rf"(?:受理|办结|收到|征集|采纳|化解|调解|处理|解决|整改|排查|发现|查出|提出)了?(?:{NOUN})?(?P<at>[余多]?[件条起处])"
        + END
    ),
    re.compile(rf"(?:慰问|走访|帮扶|救助|资助|看望|结对|惠及)了?(?:{NOUN})?(?P<at>[余多]?[户名家])" + END),
    re.compile(
        rf"(?:现有|共有|拥有|新建|建成|建立|新增|发展|吸收|吸引|评选出?|选出|表彰|选派|招收|培训|招募)(?:{NOUN})?"
        r"(?P<at>余?(?:名|家|支|人次|人)|余个)" + END
    ),
    re.compile(
        r"(?:现有|共有|新建|建成|新增|发展|吸收|吸引|评选出?|选出|表彰|选派|招收|培训|招募|组织|走访|慰问|资助|救助|帮扶)了?"
        r"(?P<at>余?[名户家])(?=[\u4e00-\u9fff]{2})"
    ),
    re.compile(
        r"(?:全[市县区镇厂院校]|[我本][市县区镇会]|共有|已有|共|[对向由从与和为给在有])(?P<at>余?[家名户])"
        r"(?=企业|单位|职工|会员|困难|选手|基层|代表|学生|党员|劳模)"
    ),
    re.compile(r"[、，和及](?:企业|职工|会员|女职工|农民工|志愿者|党员)(?P<at>余?[人名家个])" + END),
    re.compile(rf"(?<![公总中一])共(?P<at>[人户件册份名场期家个次]){ENDS}"),
)
"""Units of one sign, which must be words of their own: 传承人, 国家 and 场所 are none."""
WORDS = re.compile(r"^(?:多元|元旦|场馆|家庭|余元(?!宵)$)")


def numbers_missing(text: str) -> Iterator[Mark]:
    taken: set[int] = set()
    edges = {0, *accumulate(len(word) for word in segmenting.words(text))}
    for pattern in (*PATTERNS, *ROUND, *LONE):
        for match in pattern.finditer(text):
            start, end = match.span("at")
            if pattern in LONE and (
                not {start, end} <= edges or (match[0][0] in "、和及" and start - 1 in edges)
            ):
                continue
            if not taken.isdisjoint(range(start, end)) or _is_word(text, start, end):
                continue
            taken.update(range(start, end))
            words = _("The number before “%(unit)s” is missing. Write it.") % {
                "unit": match["at"].strip("\u3000_＿ ×XxＸ□○")
            }
            yield Mark(
                "M1", Severity.ERROR, words, start, end, (match["at"].strip(), "—"), verdict=Verdict.MISSING
            )


def _is_word(text: str, start: int, end: int) -> bool:
    """多元化, 元旦, 达人, 为名 and the like."""
    stretch = text[start : end + 2]
    if (
        stretch[:2] == "多元"
        and re.search("[金助款费资]$", text[:start][-1:])
        and text[end : end + 1] in "，。；"
    ):
        return False
    return stretch.startswith(
        (
            "元旦",
            "元宵",
            "多元",
            "名为",
            "元素",
            "家庭",
            "家活动",
            "家工作",
            "场所",
            "场地",
            "个别",
            "个人",
            "人民",
            "人员",
            "人才",
            "次数",
            "件数",
        )
    )
