"""What realises a provision can be taken away and comes back; a test that does not notice proves nothing."""

from datetime import date

import pytest

from gongzhi.law import queries
from gongzhi.law.shipped import packaged_book
from gongzhi.procedures import catalogue
from proving.plugin import provisions_of
from proving.without import without

ON = date(2026, 11, 23)
EARLY = "exit.provider_early_exit_notice_before"


def early() -> object:
    return packaged_book().value_of(EARLY, "2206", ON, deciding=False).value


def documents() -> set[str]:
    value = packaged_book().value_of("handover.documents", "2206", ON, deciding=False)
    return {item["code"] for item in value.value}


def test_a_parameter_is_gone_and_comes_back() -> None:
    assert early() == 90
    with without("BS-041"):
        assert early() is None
    assert early() == 90


def test_one_item_of_a_list_is_gone_and_the_others_stay() -> None:
    whole = documents()
    with without("BS-065"):
        assert whole - documents() == {"owner_register"}
    assert documents() == whole


def test_a_step_is_skipped_a_standing_act_unknown_a_procedure_undeclared() -> None:
    exit_, settlement = catalogue.find("exit"), catalogue.find("settlement")
    with without("BS-042"):
        gone = exit_.step("filing").wanted(None)  # type: ignore[arg-type]
        assert gone is not None
        assert gone.why_not == "已从这份副本中去掉"
    with without("BS-059"):
        assert "recover" not in exit_.standing
    with without("BS-002"):
        assert not catalogue.is_declared("exit", exit_.version)
    assert "recover" in exit_.standing
    assert catalogue.find("exit") is exit_
    assert catalogue.find("settlement") is settlement


def test_a_book_built_meanwhile_is_forgotten() -> None:
    queries._BUILT["default"] = (None, packaged_book())
    with without("BS-041"):
        assert "default" not in queries._BUILT


def test_the_provisions_of_a_test_are_read_from_its_marks(request: pytest.FixtureRequest) -> None:
    request.node.add_marker(pytest.mark.proves("BS-041 BS-042", "ZJ-017"))
    assert provisions_of(request.node) == {"BS-041", "BS-042", "ZJ-017"}
