"""The eight templates that ship: the usual texts of a trade union, with the figures that every book knows."""

from __future__ import annotations

from dataclasses import dataclass

from jiangong.governance.reports.rules.heads import Form


@dataclass(frozen=True, slots=True)
class ShippedTemplate:
    """`code` is the kind of text. `limit` counts characters with punctuation."""

    code: str
    name: str
    guidance: str
    title: str
    text: str
    limit: int | None = None
    form: Form = Form.PLAIN


SUMMARY = """\
{年份}年，{单位}深入贯彻落实全国文明城市创建工作部署，立足工会职能，团结引导广大职工投身创建，各项工作取得新的成效。现将{期间}工作情况总结如下。

# 主要工作

## 加强组织领导

（写明领导小组、实施方案、责任分工和例会部署。）

## 开展思想引领

{期间}，组织开展各类活动{{activities.held}}，受众{{activities.audience|floor}}；其中职工大讲堂{{activities.held@lecture}}，受众{{activities.audience@lecture|floor}}。

## 服务职工群众

走进社区、村{{activities.in_communities}}，入户走访{{activities.households}}，发放书籍{{activities.books}}、宣传资料{{activities.leaflets}}，帮助解决问题{{activities.problems}}，发放慰问金{{activities.visit_money}}。

## 建好职工阵地

截至期末，建有职工大讲堂、职工书屋、劳模创新工作室等阵地{{activities.venues}}。

# 存在问题

（写明问题和原因，不回避。）

# 下一步打算

（写明目标、措施、责任单位和完成时限。）
"""

EFFECT = """\
近年来，{单位}认真贯彻落实关于创建全国文明城市的部署要求，立足自身职能，团结引导广大职工积极投身创建，充分发挥了工会组织的作用。

# 加强组织领导，建立创建工作机制

**一是建立领导小组。**（写明组成。）

**二是细化工作责任。**（写明方案和分工。）

# 紧扣自身职能，凝聚创建工作合力

**一是坚持正面引导。**（写明做法。）

**二是弘扬劳模精神、劳动精神、工匠精神。**（写明做法。）

**三是走进结对社区。**（写明做法。）

# 落实“门前四包”，做好自身阵地创建

（写明学习、宣传、包保责任和环境整治。）

# 坚持目标导向，提高创建工作成效

**一是职工文明素养不断提升。**{期间}，开展各类活动{{activities.held}}，受众{{activities.audience|floor}}，网上收看{{activities.views}}。

**二是服务群众更加贴心。**走进社区、村{{activities.in_communities}}，入户{{activities.households}}，发放书籍{{activities.books|floor}}，解决问题{{activities.problems}}，发放慰问金{{activities.visit_money|wan}}。

**三是职工阵地更加完善。**建成各类阵地{{activities.venues}}。
"""

BRIEF = """\
{期间}，{单位}围绕全国文明城市创建，组织开展活动{{activities.held}}，受众{{activities.audience}}。

# 工作动态

（写一至三件有特点的事：时间、地点、人物、做法、效果。）

# 数据一览

走进社区、村{{activities.in_communities}}，入户{{activities.households}}；发放书籍{{activities.books}}、宣传资料{{activities.leaflets}}；解决问题{{activities.problems}}。

# 下步安排

（一两句话。）
"""

EXPLANATORY = """\
{单位}按照测评要求，认真开展本项工作，现说明如下。

# 工作部署

（写明文件、会议、责任单位。）

# 主要做法

{期间}，开展相关活动{{activities.held}}，受众{{activities.audience}}，走进社区、村{{activities.in_communities}}。

# 工作成效

（写明成效，并与佐证材料一一对应。）
"""

REQUEST = """\
为深入推进全国文明城市创建，{单位}拟（写明事项）。现将有关情况请示如下。

# 基本情况

{期间}，{单位}组织开展活动{{activities.held}}，受众{{activities.audience}}，现有各类阵地{{activities.venues}}。

# 请示事项

（一文一事：写明事项、依据、所需经费或支持。）

妥否，请批示。
"""

NOTICE = """\
为深入推进全国文明城市创建，引导广大职工立足岗位、文明先行，根据（写明上级文件或会议部署），经研究，决定开展（写明活动名称）。现将有关事项通知如下：

# 总体要求

{期间}，{单位}组织开展各类活动{{activities.held}}，受众{{activities.audience|floor}}。要在此基础上，（写明本次活动的目标。）

# 时间安排

（写明起止日期和各阶段安排。）

# 活动内容

（写明活动项目、参加对象和责任单位，一项一段。）

# 工作要求

## 加强组织领导

各级工会主要负责人为第一责任人，要明确分管负责人和联络员，做到有部署、有检查、有总结。

## 坚持务实节俭

结合实际安排活动，方便职工参加，不增加基层负担，不搞形式主义。

## 做好台账记录

每次活动当月记入台账，写明时间、地点、人物、主题、背景和事由，附现场照片。请于（写明日期）前将活动情况报（写明部门、联系人和电话）。
"""

LETTER = """\
为共同做好全国文明城市创建工作，{单位}拟（写明事项）。现将有关情况函商如下：

# 基本情况

{期间}，{单位}围绕创建组织开展活动{{activities.held}}，受众{{activities.audience|floor}}，走进社区、村{{activities.in_communities}}。（写明商请的缘由。）

# 商请事项

（写明请对方办理的事项、时间和分工，一事一段。）

专此函达，请予支持，并盼函复。
"""

MINUTES = """\
（写明日期），{单位}召开（写明会议名称），由（写明主持人）主持。会议听取（写明汇报内容），研究（写明议题）。现将会议议定事项纪要如下：

# 关于前一阶段工作

会议指出，{期间}，{单位}组织开展活动{{activities.held}}，受众{{activities.audience|floor}}，解决问题{{activities.problems}}。（写明成绩和不足。）

# 关于下一阶段工作

会议要求，（写明任务、责任部门和完成时限，一事一段。）

# 关于有关事项

会议明确，（写明议定的事项。）
"""

SHIPPED_TEMPLATES = (
    ShippedTemplate(
        "summary",
        "年度总结",
        "全年工作的总结。先写做法，再用数据说话；问题和打算不可省。",
        "{单位}{年份}年全国文明城市创建工作总结",
        SUMMARY,
    ),
    ShippedTemplate(
        "effect",
        "成效报告",
        "多年创建成效的报告，供上报或刊发。做法在前，成效在后。",
        "团结广大职工在全国文明城市创建中建功立业",
        EFFECT,
    ),
    ShippedTemplate(
        "brief",
        "简报",
        "一期一两页，重在新、短、实。",
        "{单位}全国文明城市创建工作简报（{期间}）",
        BRIEF,
        1500,
    ),
    ShippedTemplate(
        "explanatory",
        "说明报告",
        "测评申报用，每个测评指标一篇，原则上500字以内（含标点）。",
        "关于××的说明报告",
        EXPLANATORY,
        500,
    ),
    ShippedTemplate(
        "request",
        "请示",
        "一文一事，主送一个上级机关，不得夹带报告事项。",
        "{单位}关于××的请示",
        REQUEST,
        form=Form.REPORT,
    ),
    ShippedTemplate(
        "notice",
        "通知",
        "部署工作用。事项、时限、责任写清楚，让人看了就能办。",
        "{单位}关于开展××活动的通知",
        NOTICE,
        form=Form.NOTICE,
    ),
    ShippedTemplate(
        "letter",
        "函",
        "商洽工作、询问和答复问题用，主送不相隶属的单位。一事一函，语气平等。",
        "{单位}关于商请××的函",
        LETTER,
        form=Form.LETTER,
    ),
    ShippedTemplate(
        "minutes",
        "纪要",
        "记议定的事，不记发言。每项写明谁办、何时办成；出席、请假、列席在“公文要素”中填写。",
        "××会议纪要",
        MINUTES,
        form=Form.MINUTES,
    ),
)
