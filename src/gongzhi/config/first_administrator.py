"""`gongzhi administrator`: the first account of a new system. Everybody after it is appointed on the pages."""

import sys
from getpass import getpass

from django.db import transaction

from gongzhi.values.now import now

from . import database
from .arguments import Arguments


def administrator(argv: list[str]) -> int:
    """Register a person, open an account, appoint; one sentence where somebody administers already."""
    options = Arguments("administrator", "开通第一个系统管理员")
    options.add_argument("username", help="登录用的账号")
    options.add_argument("--name", required=True, help="管理员的姓名")
    given = options.parse_args(argv)
    database.set_up()
    database.need_current()
    _found(given.username, given.name, _password())
    print(f"系统管理员“{given.username}”已开通，请登录后在“系统管理”中登记机关和人员。")
    return 0


def _password() -> str:
    """Asked for without showing it; one line of the input where nobody sits at it."""
    if sys.stdin.isatty():
        return getpass("密码（至少10位）：")
    return sys.stdin.readline().rstrip("\n")


def _found(username: str, name: str, password: str) -> None:
    """All or nothing, through the door, as the system itself."""
    from gongzhi.accounts.actions import open_account
    from gongzhi.accounts.facts import OpenAccount
    from gongzhi.acts.actor import SYSTEM
    from gongzhi.acts.facts import read_facts
    from gongzhi.registry import actions
    from gongzhi.registry.facts import Appoint, LinkAccount, RegisterPerson
    from gongzhi.registry.models import Appointment, Post
    from gongzhi.registry.queries import day_of, in_force
    from gongzhi.values.refusals import NotPossible

    at = now()
    if Appointment.objects.filter(in_force(day_of(at)), post=Post.ADMINISTRATOR).exists():
        raise NotPossible("已经有系统管理员，请由其在“系统管理”中登记其他管理员。")
    opened = read_facts(OpenAccount, {"username": username, "password": password})
    person = read_facts(RegisterPerson, {"name": name})
    with transaction.atomic():
        person_id = actions.register_person(by=SYSTEM, at=at, facts=person).value["person_id"]
        post = Appoint(person_id=person_id, post=Post.ADMINISTRATOR, from_on=day_of(at))
        actions.appoint(by=SYSTEM, at=at, facts=post)
        account_id = open_account(by=SYSTEM, at=at, facts=opened).value["account_id"]
        link = LinkAccount(person_id=person_id, account_id=account_id)
        actions.link_account(by=SYSTEM, at=at, facts=link)
