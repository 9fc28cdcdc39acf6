"""Local settings: they fill holes, newest wins, and never change a value under a running case."""

from datetime import date

from gongzhi.law.layers import Setting

from .books import ON, book, pack, param, text

HOLE = {"value": None, "local": "allowed", "cites": ["CITY 第3条"], "evidence": "NOT-FOUND"}
CITY = {"CITY": text(title="某市办法")}
CN = pack("CN", None, {"LAW": text(rank="law", title="某法")})


def setting(days, on, place="9001", unit="D"):
    return Setting(place, "notice.days", days, unit, on, "某市住建局", "某建〔2026〕3号")


def law(*settings, **params):
    return book(CN, pack("9001", "90", CITY, **(params or {"notice__days": HOLE})), settings=settings)


def test_a_setting_fills_a_hole_with_its_authority_and_paper():
    value = law(setting(5, date(2026, 2, 1))).value_of("notice.days", "900101", ON)
    assert (value.value, value.unit, value.source, value.evidence) == (5, "D", "local", "LOCAL")
    assert value.note == "某市住建局于2026-02-01设定（某建〔2026〕3号）"
    assert value.inherited_from == "9001"
    assert value.citations[0].instrument == "某市办法"


def test_a_hole_filled_later_counts_for_a_running_case():
    assert law(setting(5, date(2026, 4, 1))).value_of("notice.days", "9001", ON).value == 5


def test_a_later_change_does_not_reach_a_running_case():
    book_ = law(setting(5, date(2026, 4, 1)), setting(9, date(2026, 5, 1)))
    assert book_.value_of("notice.days", "9001", ON).value == 5
    assert book_.value_of("notice.days", "9001", date(2026, 4, 20)).value == 5
    assert book_.value_of("notice.days", "9001", date(2026, 5, 1)).value == 9


def test_the_nearest_place_that_has_set_it_wins():
    book_ = law(setting(5, date(2026, 1, 1)), setting(8, date(2026, 1, 5), place="900101"))
    assert book_.value_of("notice.days", "900101", ON).value == 8
    assert book_.value_of("notice.days", "9001", ON).value == 5


def test_a_nearer_setting_made_later_does_not_replace_what_filled_the_hole_first():
    book_ = law(setting(5, date(2026, 4, 1)), setting(8, date(2026, 4, 5), place="900101"))
    assert book_.value_of("notice.days", "900101", ON).value == 5


def test_a_setting_elsewhere_does_not_count():
    assert not law(setting(5, date(2026, 1, 1), place="900101")).value_of("notice.days", "9001", ON).is_set


def test_a_value_that_the_law_fixes_is_not_set_locally():
    book_ = law(setting(5, date(2026, 1, 1)), notice__days=param(7, "CITY 第3条", unit="D"))
    assert book_.value_of("notice.days", "9001", ON).value == 7


def test_where_the_law_allows_one_a_setting_stays_within_its_bound():
    bound = {"notice__days": param(7, "CITY 第3条", "floor", unit="D", local="allowed")}
    assert law(setting(9, date(2026, 1, 1)), **bound).value_of("notice.days", "9001", ON).value == 9
    assert law(setting(5, date(2026, 1, 1)), **bound).value_of("notice.days", "9001", ON).value == 7


def test_a_setting_of_a_key_that_nobody_defines_is_without_effect():
    assert (
        not law(setting(5, date(2026, 1, 1)), leave__within=HOLE)
        .value_of("notice.days", "9001", ON)
        .is_defined
    )
