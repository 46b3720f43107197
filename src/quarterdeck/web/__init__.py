"""Pages for technicians: server-rendered, over the desk itself."""

from quarterdeck.web import conversation, entrance, linking, me, tickets, working
from quarterdeck.web.kit import Route

ROUTES: tuple[Route, ...] = (
    *entrance.ROUTES,
    *me.ROUTES,
    *tickets.ROUTES,
    *conversation.ROUTES,
    *working.ROUTES,
    *linking.ROUTES,
)
