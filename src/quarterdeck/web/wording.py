"""The desk's own words as people read them."""

from quarterdeck.web.speech import Speech


def N_(text: str) -> str:
    """Mark a text to be translated where it is said."""
    return text


WORDS = {
    "open": N_("Open"),
    "pending": N_("Pending"),
    "resolved": N_("Resolved"),
    "closed": N_("Closed"),
    "low": N_("Low"),
    "medium": N_("Medium"),
    "high": N_("High"),
    "critical": N_("Critical"),
    "problem": N_("Problem"),
    "request": N_("Request"),
    "incident": N_("Incident"),
    "change": N_("Change"),
    "none": N_("None"),
    "minor": N_("Minor"),
    "major": N_("Major"),
    "server": N_("Server"),
    "site": N_("Site"),
    "crisis": N_("Crisis"),
}


def word(speech: Speech, value: str | None) -> str:
    """One of our words in the person's language; a provider's own as it is written."""
    if not value:
        return ""
    return speech._(WORDS[value]) if value in WORDS else value[:1].upper() + value[1:]
