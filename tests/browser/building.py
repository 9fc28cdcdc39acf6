"""Build the small demonstration that the browser is shown. Run as a script, with its folder in GONGZHI_DATA."""

from datetime import datetime

from gongzhi.config import database
from gongzhi.values import now as clock
from gongzhi.values.now import ZONE

#: Monday. Nothing in the tests counts from the day they run on.
BEGINS = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)


#: Free to play at; applied; talking; agreed, in settlement; a notice hanging; in handover.
KEYS = ("hj-01", "hj-02", "hj-03", "hj-04", "hj-05", "hj-15")
#: Who signs in here besides those the demonstration opens for.
BESIDES = ("hj-street2-officer",)


def build() -> None:
    """The cities as of `BEGINS`, few estates with few units; everybody with an account has a password."""
    clock.move_to(BEGINS)
    database.set_up()
    database.bring_up_to_date()
    from gongzhi.config import demonstration

    demonstration.build(at=BEGINS, keys=KEYS, small=True)
    _give_passwords()


def _give_passwords() -> None:
    """Also to those of the demonstration who act by token alone: a browser has none."""
    from gongzhi.accounts.actions import set_password
    from gongzhi.accounts.facts import SetPassword
    from gongzhi.accounts.models import Account
    from gongzhi.acts.actor import SYSTEM
    from gongzhi.config.demonstration import PASSWORD, accounts

    for name in (*BESIDES, *(one.name for one in accounts() if not one.password)):
        account = Account.objects.get(username=name)
        set_password(by=SYSTEM, at=BEGINS, facts=SetPassword(account_id=account.pk, password=PASSWORD))


if __name__ == "__main__":
    build()
