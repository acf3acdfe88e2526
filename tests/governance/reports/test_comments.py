"""Comments: said once, anchored to their words, settled, never printed."""

from __future__ import annotations

from uuid import uuid4

import pytest

from jiangong.governance.reports import operations, queries
from jiangong.governance.reports.models import Comment
from jiangong.governance.reports.queries.comments import Passage, Talk
from jiangong.ground.shared.errors import DomainError, Forbidden, NotFound
from tests.governance.reports.conftest import Desk, details, verbs

BODY = "# 工作成效\n\n开展大讲堂{{activities.held@lecture}}，受众广泛。\n\n下一步再接再厉。\n"


def talk(desk: Desk) -> Talk:
    report = desk.now()
    return queries.talk(report=report, shown=queries.resolved(report=report, on=report.until).shown)


def test_a_comment_on_words_in_the_editor_knows_its_place(desk: Desk) -> None:
    desk.save(BODY)
    comment = desk.comment(quote="受众广泛", start=20)
    (thread,) = talk(desk).open
    assert (comment.quote, thread.quote) == ("受众广泛", "受众广泛")
    assert (thread.paragraph, thread.is_lost) == (1, False)


def test_a_comment_on_a_paragraph_as_read_takes_its_words(desk: Desk) -> None:
    desk.save(BODY)
    assert desk.comment(paragraph=2, quote="再接再厉").quote == "再接再厉"
    whole = desk.comment(paragraph=1, quote="开展大讲堂1场，受众")
    assert whole.quote == "开展大讲堂{{活动场次@职工大讲堂}}，受众广泛。"
    assert [thread.paragraph for thread in talk(desk).open] == [1, 2]
    assert talk(desk).open[0].quote == "开展大讲堂［活动场次@职工大讲堂］，受众广泛。"


def test_a_comment_on_nothing_is_about_the_whole(desk: Desk) -> None:
    desk.comment(paragraph=99)
    desk.comment()
    assert [thread.paragraph for thread in talk(desk).open] == [None, None]
    assert [thread.is_lost for thread in talk(desk).open] == [False, False]


def test_a_comment_survives_edits_and_says_when_it_is_lost(desk: Desk) -> None:
    desk.save(BODY)
    desk.comment(quote="下一步再接再厉", start=30)
    desk.save("新的开头。\n\n" + BODY)
    (thread,) = talk(desk).open
    assert thread.paragraph == 3
    desk.save("全部重写。")
    (thread,) = talk(desk).open
    assert thread.is_lost


def test_sent_twice_it_is_said_once(desk: Desk) -> None:
    uuid = uuid4()
    for _ in range(2):
        operations.comment_on(
            actor=desk.cast["reviewer"],
            uuid=desk.report.uuid,
            comment_uuid=uuid,
            passage=Passage(),
            text="请核对",
            at=desk.later(),
        )
    assert Comment.objects.count() == 1
    assert verbs() == ["report.write", "report.comment"]


def test_anothers_uuid_is_not_found(desk: Desk) -> None:
    said = desk.comment()
    with pytest.raises(NotFound):
        operations.comment_on(
            actor=desk.cast["clerk"],
            uuid=desk.report.uuid,
            comment_uuid=said.uuid,
            passage=Passage(),
            text="冒用",
            at=desk.later(),
        )


def answer(desk: Desk, to: Comment, *, by: str = "clerk") -> Comment:
    return operations.reply(
        actor=desk.cast[by],
        uuid=desk.report.uuid,
        comment_uuid=uuid4(),
        to=to.uuid,
        text="已改",
        at=desk.later(),
    )


def test_answers_stand_under_their_comment(desk: Desk) -> None:
    said = desk.comment()
    given = answer(desk, said)
    (thread,) = talk(desk).open
    assert [reply.words for reply in thread.replies] == ["已改"]
    with pytest.raises(NotFound):
        answer(desk, given)


def test_settling_puts_it_aside(desk: Desk) -> None:
    said = desk.comment()
    for _ in range(2):
        operations.settle_comment(
            actor=desk.cast["clerk"], uuid=desk.report.uuid, comment=said.uuid, at=desk.later()
        )
    assert (len(talk(desk).open), len(talk(desk).settled)) == (0, 1)
    assert verbs().count("report.settle_comment") == 1


def test_the_audit_log_does_not_keep_what_was_said(desk: Desk) -> None:
    answer(desk, desk.comment("李四没有到场"))
    assert verbs() == ["report.write", "report.comment", "report.reply"]
    assert "李四" not in details()
    assert "已改" not in details()


@pytest.mark.parametrize("text", ["", "  ", "长" * 1001])
def test_a_comment_says_something(text: str, desk: Desk) -> None:
    with pytest.raises(DomainError) as refused:
        desk.comment(text)
    assert refused.value.code == "comment_empty"


@pytest.mark.parametrize("name,refusal", [("auditor", Forbidden), ("stranger", NotFound)])
def test_comments_need_the_right(name: str, refusal: type[DomainError], desk: Desk) -> None:
    said = desk.comment()
    with pytest.raises(refusal):
        desk.comment(by=name)
    with pytest.raises(refusal):
        answer(desk, said, by=name)
    with pytest.raises(refusal):
        operations.settle_comment(
            actor=desk.cast[name], uuid=desk.report.uuid, comment=said.uuid, at=desk.later()
        )


def test_nothing_of_it_is_issued(desk: Desk) -> None:
    desk.comment("这句不通")
    issue = desk.issue()
    assert "这句不通" not in str(issue.document)
    for form in ("html", "docx", "pdf"):
        assert "这句不通".encode() not in queries.render(issue=issue, form=form)
