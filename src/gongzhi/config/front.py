"""The front page: the desk's work list, or the start page of who lives or owns at an estate. The doors are peers."""

from django.http import HttpRequest, HttpResponse

from gongzhi.desk.views.work import work_list
from gongzhi.phone.neighbour import is_neighbour
from gongzhi.phone.views.home import home
from gongzhi.ui.seat import Seat, seated


@seated
def front(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What the post begins with."""
    return home(request) if is_neighbour(seat.appointment) else work_list(request)
