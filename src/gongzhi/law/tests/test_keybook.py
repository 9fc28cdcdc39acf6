"""The page of keys is as the data is."""

from gongzhi.law import keybook, reading

PAGE = keybook.PAGE


def test_the_page_is_as_the_data_is():
    same = PAGE.read_text(encoding="utf-8") == keybook.keybook()
    assert same, "write it anew: python -c 'from gongzhi.law import keybook; keybook.write()'"


def test_a_line_says_what_is_known_of_a_key():
    page = keybook.keybook()
    assert "| `exit.leave_within` | 合同终止后退出期限 | period | contract_end | CN 140522 2206 |" in page
    assert "| `emergency.max_duration` | 应急服务最长期限 | period | emergency_start | 2206○ |" in page
    assert "| 不定期合同解除的提前书面通知 | period | before planned_end | CN |" in page
    assert "usually P30D, P15D, P7D" in page


def test_every_key_has_its_line():
    page, known = keybook.keybook(), reading.keys()
    assert [key for key in known if not key.endswith(".*") and f"| `{key}` |" not in page] == []
