"""Pages for technicians: server-rendered, over the desk itself."""

from quarterdeck.web import entrance
from quarterdeck.web.kit import Route

ROUTES: tuple[Route, ...] = (*entrance.ROUTES,)
