"""How the audit record calls an act that is open at several steps of a procedure."""

from gongzhi.desk.tests.browsing import sign_in
from gongzhi.desk.tests.looking import plain, read
from gongzhi.desk.tests.scenes import notices_hanging
from gongzhi.exits.tests.play import Play

HERE, ELSEWHERE = "物业服务人退出·退出信息公示：提出异议", "表决结果公示：提出异议"


def test_such_an_act_is_called_by_the_step_it_was_said_at(stage: Play) -> None:
    notices_hanging(stage)
    client = sign_in(stage, "auditor")
    text = plain(read(client, "/administration/audit/"))
    assert HERE in text
    assert ELSEWHERE not in text
    assert HERE in plain(read(client, "/administration/audit/?title=退出信息公示"))
    assert "没有符合条件的记录" in plain(read(client, "/administration/audit/?title=表决结果公示：提出异议"))
