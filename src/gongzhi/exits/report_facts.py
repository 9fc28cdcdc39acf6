"""What is said when a county reports its exits to the city. 《白山市…管理办法》第5条第2项."""

from pydantic import Field

from gongzhi.acts.facts import Facts


class ReportCompiled(Facts):
    """The county's own words beside the figures, which are counted and not typed in."""

    situation: str = Field(title="退出工作情况", min_length=2, max_length=5000)
    illegal_exits: str = Field(title="违规退出信息及处置", min_length=1, max_length=5000)


class ReportSent(Facts):
    """The report goes to the city: its number, who signed it off."""

    number: str = Field(title="报送文号", min_length=1, max_length=100)
    signed_by: str = Field(title="签发人", min_length=1, max_length=50)
    remark: str = Field(title="说明", default="", max_length=2000)
