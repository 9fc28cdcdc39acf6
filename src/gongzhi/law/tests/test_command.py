"""`gongzhi law …`. Expected dates are worked by hand; the holiday in the way is named."""

import io
import json

import pytest

from gongzhi.law import command, queries, shipped


@pytest.fixture(autouse=True)
def _packaged(monkeypatch):
    """No database: the law as it is shipped."""
    monkeypatch.setattr(queries, "available_book", shipped.packaged_book)


def run(*argv, **more):
    out, err = io.StringIO(), io.StringIO()
    status = command.main(argv, out=out, err=err, **more)
    return status, out.getvalue(), err.getvalue()


def answer(*argv):
    status, out, err = run(*argv, "--json")
    assert (status, err) == (0, "")
    return json.loads(out)


@pytest.mark.parametrize(
    ("key", "at", "start", "due_on"),
    [
        # 3 days → 2 October 2025, 国庆节 until the 8th → Thursday the 9th
        ("exit.leave_after_confirmation", "220600", "2025-09-29", "2025-10-09"),
        # 30 days → 19 February 2026, 春节 until the 23rd → Tuesday the 24th
        ("exit.leave_within", "220602", "2026-01-20", "2026-02-24"),
        # 15 days → 5 May 2026, 劳动节 → Wednesday the 6th
        ("settlement.refund_within", "2206", "2026-04-20", "2026-05-06"),
        # 15 days → 6 May 2026, a working day
        ("settlement.refund_within", "2206", "2026-04-21", "2026-05-06"),
        # 10 days → 4 May 2026, 劳动节 → the 6th
        ("emergency.inspect_within", "2206", "2026-04-24", "2026-05-06"),
        # 30 days → 1 October 2026, 国庆节 until the 7th → Thursday the 8th
        ("emergency.transition_within", "2206", "2026-09-01", "2026-10-08"),
        # a notice hangs at least 7 days and does not roll: 17 February 2026 is 春节
        ("notice.exit_days", "2206", "2026-02-10", "2026-02-17"),
        # 5 working days: 28 September 2025 (Sunday, 调休), 29, 30, then after 国庆节 9 and 10 October
        ("notice.vote_result_days", "330681", "2025-09-26", "2025-10-10"),
        # 2 years, no roll
        ("credit.negative_publish", "2206", "2024-02-29", "2026-02-28"),
        # an instant in another zone is 00:30 of the 2nd in Shanghai: 3 days → Thursday the 5th
        ("exit.leave_after_confirmation", "2206", "2026-03-01T16:30:00+00:00", "2026-03-05"),
    ],
)
def test_a_period_runs_forward_from_the_day_after(key, at, start, due_on):
    found = answer("due", key, "--at", at, "--from", start)
    assert found["due_on"] == due_on
    assert found["exact"] is True
    assert found["working"]
    assert found["citations"][0]["article"]
    assert "due_at" not in found


@pytest.mark.parametrize(
    ("key", "at", "start", "due_on", "advised_on"),
    [
        # 90 days before 30 June 2026
        ("exit.provider_early_exit_notice_before", "2206", "2026-06-30", "2026-04-01", "2026-04-01"),
        # 90 days before 5 July 2026 is 6 April, 清明节 4–6 April; advised Friday the 3rd
        ("exit.provider_early_exit_notice_before", "2206", "2026-07-05", "2026-04-06", "2026-04-03"),
        # 60 days before 31 December 2026 is Sunday 1 November; advised Friday 30 October
        ("dismissal.owner_notice_before", "140522", "2026-12-31", "2026-11-01", "2026-10-30"),
        # 3 months before 31 May 2026: the last day of February, a Saturday worked for 春节
        ("committee.reelection_before", "140522", "2026-05-31", "2026-02-28", "2026-02-28"),
        # 15 days before delivery on 18 October 2026 is 3 October, 国庆节; advised Wednesday 30 September
        ("handover.inspection_deadline", "330681", "2026-10-18", "2026-10-03", "2026-09-30"),
    ],
)
def test_a_before_key_counts_backwards_and_never_rolls(key, at, start, due_on, advised_on):
    found = answer("due", key, "--at", at, "--from", start)
    assert (found["due_on"], found["advised_on"]) == (due_on, advised_on)


@pytest.mark.parametrize("start", ["2026-10-01T20:30", "2026-10-01T20:30:00+08:00", "2026-10-01T12:30:00Z"])
def test_hours_run_through_night_and_national_day(start):
    found = answer("due", "emergency.designate_within", "--at", "220602", "--from", start)
    assert found["due_at"] == "2026-10-02T20:30:00+08:00"
    assert "due_on" not in found


def test_hours_from_a_bare_day_start_at_midnight_and_say_so():
    found = answer("due", "emergency.designate_within", "--at", "2206", "--from", "2026-10-01")
    assert found["due_at"] == "2026-10-02T00:00:00+08:00"
    assert "0时" in found["warnings"][0]


def test_a_year_without_a_calendar_is_provisional():
    # 3 days → Saturday 2 January 2027; weekends only → Monday the 4th
    found = answer("due", "exit.leave_after_confirmation", "--at", "2206", "--from", "2026-12-30")
    assert (found["due_on"], found["exact"]) == ("2027-01-04", False)
    assert any("2027年" in warning for warning in found["warnings"])


def test_show_has_the_public_shape():
    found = answer("show", "exit.provider_notice_before", "--at", "220600", "--on", "2026-03-02")
    assert {
        "key": "exit.provider_notice_before", "value": 90, "unit": "D", "inherited_from": "CN", "status": "in_force",
        "citations": [{"instrument": "中华人民共和国民法典", "article": "第947条"}], "evidence": "SEEN-LRB",
    }.items() <= found.items()  # fmt: skip
    assert any("未经核对" in warning for warning in found["warnings"])


def test_show_tells_null_from_undefined():
    null = answer("show", "emergency.max_duration", "--at", "2206")
    undefined = answer("show", "emergency.max_duration", "--at", "330681")
    assert (null["value"], null["is_defined"], null["status"]) == (None, True, "undated")
    assert (undefined["value"], undefined["is_defined"], undefined["status"]) == (None, False, "undefined")


def test_lists_and_frequencies_are_json():
    assert answer("show", "settlement.cost_order", "--at", "2206")["value"][0] == "public_revenue"
    assert answer("show", "joint_meeting.frequency", "--at", "220382")["value"] == {
        "at_least": 1,
        "per": "quarter",
    }


def test_people_read_lines():
    status, out, _ = run("due", "exit.leave_after_confirmation", "--at", "2206", "--from", "2025-09-29")
    assert status == 0
    assert "国庆节" in out
    assert "截止日期：2025-10-09" in out
    _, out, _ = run("show", "exit.leave_within", "--at", "2206")
    assert "规定：30日" in out
    assert "第20条" in out


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (("show", "exit.leave_withn", "--at", "2206"), "exit.leave_within"),
        (("show", "exit.leave_within", "--at", "999999"), "999999"),
        (("show", "exit.leave_within", "--at", "2206", "--on", "2026-13-01"), "2026-13-01"),
        (("due", "exit.leave_within", "--at", "2206", "--from", "morgen"), "morgen"),
        (("due", "exit.leave_within", "--at", "2206", "--from", "2026-02-30"), "2026-02-30"),
        (("due", "exit.leave_within", "--at", "140522", "--from", "2026-03-02"), "合理的日期"),
        (("due", "emergency.max_duration", "--at", "2206", "--from", "2026-03-02"), "本地未设定"),
        (("due", "notice.exit_days", "--at", "330681", "--from", "2026-03-02"), "没有"),
        (("due", "exit.grounds", "--at", "2206", "--from", "2026-03-02"), "不是期限"),
        (("show", "exit.leave_within"), "命令写法不对"),
        (("shw",), "命令写法不对"),
        ((), "命令写法不对"),
    ],
)
def test_wrong_input_exits_with_two_and_one_chinese_sentence(argv, says):
    status, out, err = run(*argv)
    assert (status, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1


def test_coverage_has_the_public_shape():
    status, out, _ = run("coverage", "--json", realised_elsewhere={"BS-004": ["procedure:exit"]})
    found = json.loads(out)
    assert status == 0
    assert found["total"] == len(found["items"]) == 290
    bs004 = next(item for item in found["items"] if item["id"] == "BS-004")
    assert bs004["realised_by"] == ["procedure:exit"]
    _, out, _ = run("coverage")
    assert out.splitlines()[-1].startswith("共290条")


@pytest.mark.parametrize(
    "argv", [["exit.leave_within", "--at", "2206"], ["exit.leave_withn", "--at", "2206"]]
)
def test_each_verb_is_a_function_of_its_own_arguments(argv, capsys):
    assert command.show(argv) == (0 if argv[0] == "exit.leave_within" else 2)
    assert command.due([*argv, "--from", "2026-03-02"]) == (0 if argv[0] == "exit.leave_within" else 2)
    assert command.coverage([]) == 0
    assert "共290条" in capsys.readouterr().out


def test_who_reads_only_the_shipped_law_is_told():
    found = answer("show", "exit.provider_notice_before", "--at", "220600")
    assert "shipped_only" in found["flags"]


def test_an_installation_that_cannot_start_still_answers_from_the_shipped_law(monkeypatch):
    def stops():
        raise SystemExit(2)

    monkeypatch.setattr(queries, "available_book", lambda: pytest.fail("asked"))
    monkeypatch.setattr("django.apps.apps.ready", False)
    monkeypatch.setattr("django.setup", stops)
    assert answer("show", "exit.provider_notice_before", "--at", "220600")["value"] == 90


def test_a_reasonable_time_is_said_in_chinese():
    status, out, _ = run("show", "exit.leave_within", "--at", "CN", "--on", "2026-03-02")
    assert status == 0
    assert "规定：合理期限\n" in out


@pytest.mark.parametrize("start", ["9999-12-30", "0001-01-01T00:00+14:00"])
def test_a_day_beyond_the_years_is_refused_in_a_sentence(start):
    status, out, err = run("due", "exit.leave_within", "--at", "2206", "--from", start)
    assert (status, out, err.count("\n")) == (2, "", 1)
