"""What the tests of a view compare with, in the person's words: `letzte 7 Tage` is `last 7 days`. What the desk itself
says is understood in every language."""

import re

from quarterdeck.desk.input import fold
from quarterdeck.desk.tickets import KNOWN, Priority, Stage, Type
from quarterdeck.web.refusals import pattern
from quarterdeck.web.speech import Speech
from quarterdeck.web.wording import N_, WORDS

TERMS: dict[str, str] = {
    "me": N_("me"),
    "nobody": N_("nobody"),
    "us": N_("us"),
    "them": N_("them"),
    "now": N_("now"),
    **{one: WORDS[one] for one in (*Stage, *Priority, *Type, *KNOWN)},
}
SPANS = (
    N_("last %(n)s minutes"),
    N_("last %(n)s hours"),
    N_("last %(n)s days"),
    N_("last %(n)s weeks"),
    N_("next %(n)s minutes"),
    N_("next %(n)s hours"),
    N_("next %(n)s days"),
    N_("next %(n)s weeks"),
    N_("in %(n)s minutes"),
    N_("in %(n)s hours"),
    N_("in %(n)s days"),
    N_("in %(n)s weeks"),
    N_("%(n)s minutes ago"),
    N_("%(n)s hours ago"),
    N_("%(n)s days ago"),
    N_("%(n)s weeks ago"),
)
# Fields whose values are words of ours, besides spans and moments.
WORDY = {"stage", "status", "priority", "type", "technician", "turn"}
TIMES = {"created", "updated", "activity", "due"}


def spoken(speech: Speech, field: str, text: str) -> str:
    """A value as the person would say it."""
    if speech.locale.language == "en" or field not in WORDY | TIMES:
        return text
    if text in TERMS:
        return speech._(TERMS[text])
    for span in SPANS:
        if match := re.fullmatch(pattern(span), text):
            return speech._(span, n=match["n"])
    return text


def meant(speech: Speech, field: str, text: str) -> str:
    """What the desk calls what a person said."""
    if speech.locale.language == "en" or field not in WORDY | TIMES:
        return text
    for term, said in TERMS.items():
        if fold(speech._(said)) == fold(text):
            return term
    for span in SPANS:
        if match := re.fullmatch(pattern(speech._(span)), text.strip(), re.IGNORECASE):
            return str(span % {"n": match["n"]})
    return text
