"""The public entries of the navigation."""

from gongzhi.ui.navigation import Entry, offer

_PUBLIC = frozenset({"public"})


def offer_entries() -> None:
    """The pages of this room."""
    offer(
        Entry("谁在管这个小区", "managers", shell=_PUBLIC, below=("/estates/",), order=10),
        Entry("公示栏", "board", shell=_PUBLIC, below=("/notices/",), order=20),
        Entry("期限计算器", "calculator", shell=_PUBLIC, order=30),
        Entry("扫码核验", "verification", shell=_PUBLIC, below=("/v/",), order=40),
    )
