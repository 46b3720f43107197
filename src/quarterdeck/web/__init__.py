"""Pages for technicians: server-rendered, over the desk itself."""

from quarterdeck.web import (
    contacts,
    conversation,
    customers,
    dashboard,
    departures,
    devices,
    duplicates,
    entrance,
    imports,
    linking,
    live,
    me,
    queue,
    reports,
    settings,
    tickets,
    working,
)
from quarterdeck.web.kit import Route

ROUTES: tuple[Route, ...] = (
    *entrance.ROUTES,
    *live.ROUTES,
    *queue.ROUTES,
    *me.ROUTES,
    *tickets.ROUTES,
    *conversation.ROUTES,
    *working.ROUTES,
    *linking.ROUTES,
    *contacts.ROUTES,
    *customers.ROUTES,
    *departures.ROUTES,
    *devices.ROUTES,
    *duplicates.ROUTES,
    *imports.ROUTES,
    *dashboard.ROUTES,
    *reports.ROUTES,
    *settings.ROUTES,
)
