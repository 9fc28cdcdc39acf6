"""`gongzhi rehearse ESTATE`: copies an estate into a cell from the command line, by the same keeper as the desk."""

import time
from pathlib import Path
from uuid import UUID

from gongzhi.rehearsal.folder import Folder, folder_of
from gongzhi.values.now import now

from . import database, lifeline, serving
from .arguments import Arguments
from .cells import LOOK, Keeper
from .environment import read_environment, stop

#: How long the link that is printed is good for, in minutes.
GOOD_FOR = 10


def rehearse(argv: list[str]) -> int:
    """Copy and build; with --serve serve until Ctrl-C. Else the worker serves it, where one runs."""
    options = Arguments("rehearse", "复制一个小区进行演练")
    options.add_argument("estate", nargs="?", help="小区编号")
    options.add_argument("--serve", action="store_true", help="建好后启动，直到按 Ctrl-C")
    options.add_argument("--with-drafts", action="store_true", help="征求意见稿也按已施行演练")
    options.add_argument("--build", action="store_true", help="（由后台使用）在演练自己的目录里建立")
    given = options.parse_args(argv)
    if given.build:
        return build_here()
    try:
        estate_id = UUID(given.estate or "")
    except ValueError:
        stop("请写明小区编号，例如 gongzhi rehearse 0193…（小区档案页地址里的编号）。")
    environment = read_environment()
    folder = ask_for(estate_id, with_drafts=given.with_drafts)
    keeper = Keeper(environment)
    try:
        return watch(keeper, folder, serves=given.serve)
    finally:
        keeper.end()


def build_here() -> int:
    """Fill the database of the cell whose folder is our data folder."""
    lifeline.follow_parent()
    database.set_up()
    from django.conf import settings

    if settings.CELL is None:
        stop("这里不是演练的目录，不能建立演练。")
    database.bring_up_to_date()
    from gongzhi.rehearsal.building import build

    build(Folder(settings.DATA), settings.CELL, now())
    return 0


def ask_for(estate_id: UUID, *, with_drafts: bool) -> Folder:
    """Lay the cell's folder down, by the same act as the desk."""
    database.set_up()
    database.need_current()
    from django.conf import settings

    from gongzhi.acts.actor import SYSTEM
    from gongzhi.rehearsal import actions
    from gongzhi.rehearsal.facts import BeginRehearsal

    facts = BeginRehearsal(estate_id=estate_id, with_drafts=with_drafts)
    answer = actions.begin(by=SYSTEM, at=now(), facts=facts)
    found = folder_of(Path(settings.DATA), answer.value["rehearsal_id"])
    assert found is not None
    return found


def watch(keeper: Keeper, folder: Folder, *, serves: bool) -> int:
    """Keep the cells, or let the worker, until this one is ready; 1 where it could not be built."""
    print("正在建立演练……", flush=True)
    while (step := folder.state.step) not in ("ready", "failed"):
        keeper.step()
        time.sleep(LOOK)
    if step == "failed":
        stop(folder.state.why)
    print(f"演练已建好：{folder.path}", flush=True)
    is_ours = keeper.held is not None
    if not serves and is_ours:
        print("启动后台（gongzhi work）或者加上 --serve 后可以进入。", flush=True)
        return 0
    print(f"请在 {GOOD_FOR} 分钟内打开 {address_of(folder)}", flush=True)
    while serves and is_ours and folder.state.step == "ready":
        keeper.step()
        time.sleep(LOOK)
    return 0


def address_of(folder: Folder) -> str:
    """A link into the cell, good once."""
    from datetime import timedelta

    from gongzhi.rehearsal.entrance import Entrance, make_key

    cell = folder.cell
    assert cell is not None
    key = make_key(cell, Entrance(cell.by, ""), timedelta(minutes=GOOD_FOR))
    return f"http://{serving.HOST}:{folder.state.port}/rehearsal/enter/?key={key}"
