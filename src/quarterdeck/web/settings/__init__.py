"""Settings: the provider, who works here, keys of programs, what is asked and said often, and what happened."""

from quarterdeck.web.kit import Route
from quarterdeck.web.settings import audit, fields, keys, provider, replies, system, technicians, words

ROUTES: tuple[Route, ...] = (
    *provider.ROUTES,
    *technicians.ROUTES,
    *keys.ROUTES,
    *fields.ROUTES,
    *words.ROUTES,
    *replies.ROUTES,
    *audit.ROUTES,
    *system.ROUTES,
)
