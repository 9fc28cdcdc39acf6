"""The cells of this system, as its pages and acts know them."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.http.request import split_domain_port

from gongzhi.registry.models import Appointment
from gongzhi.values.now import ZONE, unmoved
from gongzhi.values.refusals import NotFound, NotPossible

from .folder import STANDING, Cell, Folder, Step, folder_of, folders, is_kept

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
NO_ADDRESS = (
    "本系统还没有设置演练的访问地址（配置项 GONGZHI_REHEARSAL_ADDRESS），请联系系统管理员设置后再演练。"
)


def folder_with(cell_id: UUID) -> Folder:
    """The cell of an id; NotFound otherwise."""
    found = folder_of(settings.DATA, str(cell_id))
    if found is None:
        raise NotFound("没有这个演练，可能已经删除，请回到演练列表。")
    return found


def cells_of(seat: Appointment) -> list[tuple[Folder, Cell]]:
    """The cells of the seat's organisation, the newest first."""
    own = str(seat.organisation_id)
    found = [(one, cell) for one in folders(settings.DATA) if (cell := one.cell) is not None]
    return [(one, cell) for one, cell in reversed(found) if cell.organisation_id == own]


def seen_by(seat: Appointment, cell_id: UUID) -> tuple[Folder, Cell]:
    """A cell of the seat's organisation; NotFound otherwise."""
    for folder, cell in cells_of(seat):
        if folder.id == str(cell_id):
            return folder, cell
    raise NotFound("没有这个演练，或者不是本单位建立的，请回到演练列表。")


def standing() -> int:
    """How many take up room."""
    return sum(one.state.step in STANDING for one in folders(settings.DATA))


def demand_room() -> None:
    """NotPossible where there are as many as this machine keeps."""
    most = settings.REHEARSAL_CELLS
    if standing() >= most:
        raise NotPossible(f"本系统最多同时保留 {most} 个演练，现在已满，请先丢弃一个再建。")


def demand_reachable(host: str) -> None:
    """NotPossible where no browser would reach a cell."""
    if not address_of(1, host):
        raise NotPossible(NO_ADDRESS)


def address_of(port: int, host: str) -> str:
    """Where a browser that reached us by `host` reaches the cell at a port; "" where it cannot."""
    if settings.REHEARSAL_ADDRESS:
        return str(settings.REHEARSAL_ADDRESS).replace("{port}", str(port))
    name, _ = split_domain_port(host)
    return f"http://{name}:{port}" if name in LOOPBACK else ""


def step_shown(folder: Folder) -> Step:
    """How far it is: what is thrown away is on its way out at once, what is ready waits again while nobody keeps it."""
    step, wish = folder.state.step, folder.wish
    if wish is not None and wish.what == "away" and step != "gone":
        return "clearing"
    return "starting" if step == "ready" and not is_kept(settings.DATA) else step


def ends_at(cell: Cell) -> datetime:
    """When it is deleted by itself."""
    began = datetime.fromtimestamp(cell.began, ZONE)
    return began + timedelta(days=settings.REHEARSAL_DAYS)


def real_seconds() -> float:
    """The instant outside of any rehearsal."""
    return unmoved().timestamp()
