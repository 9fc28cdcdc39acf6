"""The entry of the start page in the office's navigation, for who comes to the desk from here."""

from gongzhi.registry.models import AT_AN_ESTATE
from gongzhi.ui.navigation import Entry, offer


def offer_entries() -> None:
    """The pages of this room."""
    posts = frozenset(str(post) for post in AT_AN_ESTATE)
    offer(Entry("我的首页", "my-home", "home", order=5, posts=posts, below=("/my/",)))
