"""Evidently invented names and well-formed numbers of a region that does not exist. The same each time."""

from random import Random

from gongzhi.values.identifiers import credit_check, organisation_check, resident_check

MARK = "示例"
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗"
_GIVEN = (
    *("建平", "秀云", "志远", "桂芬", "海涛", "玉兰", "国栋", "丽华", "永安", "春梅", "德明", "晓燕", "长青"),
    *("雪松", "文博", "淑珍", "立新", "红霞", "守信", "佳宁", "兴业", "若溪", "明哲", "慧敏", "宏图", "雨桐"),
)
_PHONES = 10_000


def person_name(chance: Random) -> str:
    """示例 and a common name: nobody is called so."""
    return f"{MARK}{chance.choice(_SURNAMES)}{chance.choice(_GIVEN)}"


def phone(number: int) -> str:
    """A number of a row that is kept free for examples here: 1390000 and the count."""
    return f"1390000{number % _PHONES:04d}"


def office_phone(number: int) -> str:
    """The telephone of an office that nobody has: 0439-555 and the count."""
    return f"0439-555{(number + 100) % _PHONES:04d}"


def resident_id(number: int) -> str:
    """A well-formed identity number of a region that does not exist."""
    first = f"999999{1950 + number // 1000:04d}0101{number % 1000:03d}"
    return first + resident_check(first)


def credit_code(number: int) -> str:
    """A well-formed credit code of a region that does not exist."""
    first = f"91999999MB{number:06d}"
    first += organisation_check(first[8:])
    return first + credit_check(first)
