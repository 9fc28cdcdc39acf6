"""What is said when a notice is posted, taken down, objected to, replied to, found torn."""

from pydantic import AwareDatetime, Field

from gongzhi.acts.facts import Facts


class PostNotice(Facts):
    """The wording, where it hangs, since when, and the two who put it up."""

    title: str = Field(title="标题", min_length=2, max_length=200)
    body: str = Field(title="内容", min_length=2, max_length=20_000)
    places: tuple[str, ...] = Field(title="张贴位置", min_length=1, max_length=200)
    posted_at: AwareDatetime = Field(title="张贴时间")
    posted_by: tuple[str, ...] = Field(title="张贴人", min_length=1, max_length=10)


class TakeDown(Facts):
    """Taken down after its last day, and who did."""

    taken_down_at: AwareDatetime = Field(title="取下时间")
    taken_down_by: tuple[str, ...] = Field(title="取下人", min_length=1, max_length=10)


class Object(Facts):
    """An objection. `on_paper_from` names the owner whose paper objection the community enters."""

    content: str = Field(title="异议内容", min_length=2, max_length=5000)
    on_paper_from: str = Field(title="书面异议人", default="", max_length=50)


class Reply(Facts):
    """The written reply: what was found, whether it is adopted, what the objector can do next."""

    finding: str = Field(title="核实情况", min_length=2, max_length=5000)
    adopted: bool = Field(title="是否采纳")
    next_remedy: str = Field(title="救济途径", min_length=2, max_length=300)


class Torn(Facts):
    """Somebody found it missing, torn or covered."""

    found_at: AwareDatetime = Field(title="发现时间")
    what: str = Field(title="情况", min_length=2, max_length=300)


class Unfounded(Facts):
    """It was looked into and hangs as it should."""

    reason: str = Field(title="核实结果", min_length=2, max_length=300)


class Again(Facts):
    """It hangs again."""

    posted_at: AwareDatetime = Field(title="补贴时间")
    posted_by: tuple[str, ...] = Field(title="张贴人", min_length=1, max_length=10)
