"""What the desk says when it refuses or is examined, in the person's language. The desk itself speaks English to all
its faces."""

import re
from functools import cache

from quarterdeck.desk.input import whole
from quarterdeck.web.findings import FINDINGS
from quarterdeck.web.speech import Speech
from quarterdeck.web.wording import FIELDS, N_, THINGS, WORDS, label

# Each completes the sentence "*field* …" or stands alone; `%(name)s` is what the desk fills in.
REFUSALS = (
    N_("#%(id)s %(refusal)s"),
    N_("%(kind)s not found"),
    N_("a second factor is not on"),
    N_("a second factor is on already"),
    N_("a ticket has at most %(most)s files"),
    N_("answered something that was not asked here: please begin again"),
    N_("answered something that was not asked, or too late: please begin again"),
    N_("at least two tickets have to be ticked to be merged"),
    N_("belongs to another category"),
    N_("belongs to another contact by now"),
    N_("belongs to another contact"),
    N_("belongs to another customer"),
    N_("belongs to another page"),
    N_("belongs to another portal user"),
    N_("belongs to another technician"),
    N_("belongs to another type of appointment"),
    N_("came packed, which was not asked for"),
    N_("can be undone for %(days)s days only"),
    N_("cannot ask whether %(field)s is %(way)s: use one of %(values)s"),
    N_("cannot be changed"),
    N_("cannot be invited: mail is not set up"),
    N_("cannot be reached just now, or did not answer as it should"),
    N_("cannot be read in line %(line)s: %(error)s"),
    N_("cannot be undone again"),
    N_("cannot be undone: %(thing)s %(id)s was merged since; undo that first"),
    N_("cannot be undone: its %(refusal)s"),
    N_("cannot be undone: the duplicate's %(kind)s is gone"),
    N_("cannot be undone: the record it was merged into is gone"),
    N_("cannot change: closed is final"),
    N_("cannot go from %(now)s to %(then)s: closed is final"),
    N_("cannot go from %(now)s to %(then)s: reopen the ticket first"),
    N_("cannot go from %(now)s to %(then)s: resolve the ticket first"),
    N_("cannot have %(field)s %(value)s: it is one of %(values)s"),
    N_("cannot reach further than %(days)s days for %(field)s"),
    N_("could not be fetched"),
    N_("did not let you in"),
    N_("ended before it was whole"),
    N_("fits several customers: give the whole name"),
    N_("gave an answer that cannot be believed"),
    N_("has a password, or no access: make a link to choose another one"),
    N_("has a timer running already: stop it first"),
    N_("has been changed since"),
    N_("has been undone"),
    N_("has begun already"),
    N_("has changed since it was read"),
    N_("has more than %(n)s columns"),
    N_("has more than %(n)s rows"),
    N_("has more than %(n)s tests"),
    N_("has no access any more"),
    N_("has no scope %(scope)s"),
    N_("has not signed in"),
    N_("has to be an object with all, any, not or field"),
    N_("has to be at most %(days)s days before the other"),
    N_("has to have a list under %(word)s"),
    N_("has to have one of all, any, not or field"),
    N_("holds a NUL character"),
    N_("holds a value in %(n)s records"),
    N_("holds no rows under a header"),
    N_("holds text that cannot be kept"),
    N_("is a contact of another customer: move it here first"),
    N_("is before the start"),
    N_("is for people who work here"),
    N_("is for technicians who have signed in"),
    N_("is for technicians"),
    N_("is in the future"),
    N_("is longer than %(n)s bytes"),
    N_("is longer than %(n)s characters"),
    N_("is longer than %(n)s MB"),
    N_("is more than 31 days after the start"),
    N_("is neither yes nor no"),
    N_("is nested deeper than %(n)s levels"),
    N_("is no number"),
    N_("is no table of text"),
    N_("is no time zone"),
    N_("is not a date"),
    N_("is not a day"),
    N_("is not a field this list can be ordered by"),
    N_("is not a key of this list"),
    N_("is not a mail address"),
    N_("is not a number"),
    N_("is not a place in this list"),
    N_("is not a place to write in"),
    N_("is not a web address of http or https, without a name or password"),
    N_("is not a web address"),
    N_("is not an amount"),
    N_("is not an id"),
    N_("is not an object"),
    N_("is not JSON"),
    N_("is not one of %(values)s"),
    N_("is not plain data"),
    N_("is not right: look whether the clock of the authenticator is"),
    N_("is not the name"),
    N_("is not the password"),
    N_("is not the same"),
    N_("is not valid Unicode text"),
    N_("is not well formed"),
    N_("is out of range"),
    N_("is over already"),
    N_("is required"),
    N_("is required: nobody is clocked in"),
    N_("is shorter than %(n)s characters"),
    N_("is taken for what another column is taken for"),
    N_("is the mail address of a contact who is here already"),
    N_("is the name of a customer who is here already"),
    N_("is the name of another field"),
    N_("is the same contact"),
    N_("is the same customer"),
    N_("is the same ticket"),
    N_("is the serial number of another device of this customer"),
    N_("is this ticket itself"),
    N_("is your mail address"),
    N_("is your only way in: get a link to choose a password first"),
    N_("knows you, but this desk does not yet: come in by your invitation, or sign in and link it"),
    N_("leads to an address this server does not fetch from"),
    N_("may have field, is and value only"),
    N_("names no agent"),
    N_("names no category"),
    N_("names no comment of this ticket"),
    N_("names no contact of this customer"),
    N_("names no contact"),
    N_("names no contract"),
    N_("names no customer"),
    N_("names no customer: %(name)s"),
    N_("names no department"),
    N_("names no device"),
    N_("names no field: %(field)s is not one of %(values)s"),
    N_("names no other ticket of this customer"),
    N_("names no product"),
    N_("names no schedule"),
    N_("names no site of this customer"),
    N_("names no site"),
    N_("names no technician"),
    N_("names no ticket"),
    N_("names no type of appointment"),
    N_("names none, or more than %(n)s"),
    N_("needs 'now', '3 days ago', 'in 2 hours' or a date for %(field)s, not %(value)s"),
    N_("needs a number of %(units)s for %(field)s"),
    N_("needs a span such as 'last 7 days' or 'next 2 hours' for %(field)s, not %(value)s"),
    N_("needs a text such as '7 days ago' for %(field)s"),
    N_("needs a value for %(field)s, at most %(most)s"),
    N_("needs ids for %(field)s"),
    N_("needs ids%(values)s for %(field)s"),
    N_("needs one text with words in it for text"),
    N_("needs something ticked below"),
    N_("needs texts of at most %(n)s characters for %(field)s"),
    N_("needs the right %(right)s"),
    N_("or a mail address is required"),
    N_("or another name, or a mail address, is required"),
    N_("rate limit exceeded"),
    N_("redirects more than %(n)s times"),
    N_("says no time: begin with 30m, 1h15, 1:15, 0.5h or 14:10-14:40"),
    N_("says who you are, but that account belongs to another technician"),
    N_("sees one customer only"),
    N_("something went wrong here, and has been written down"),
    N_("the database cannot be reached just now"),
    N_("the file cannot be kept just now: %(error)s"),
    N_("the file cannot be read just now: %(error)s"),
    N_("the last owner cannot be switched off or given another role"),
    N_("this form has expired: please load the page again"),
    N_("nothing is to be seen here: this address only takes what a form sends"),
    N_("this time has been charged already"),
    N_("this time has been charged: remove its line first"),
    N_("this time is not billable"),
    N_("tickets %(one)s and %(other)s are of two customers"),
    N_("too many files are being fetched just now"),
    N_("too much is being fetched just now"),
    N_("views are of technicians"),
    N_("was changed by someone else at the same moment: please try again"),
    N_("was changed meanwhile, to “%(now)s”: save again to change it still"),
    N_("was not accepted"),
    N_("was not given out: the other side says no"),
    N_("what was sent is longer than %(n)s bytes"),
    N_("would be view %(place)s: %(most)s are enough"),
)
KNOWN = (*REFUSALS, *FINDINGS)
EXACT = frozenset(one for one in KNOWN if "%(" not in one)
# Of what is filled in, the numbers.
AMOUNTS = ("n", "most", "days", "all", "more", "entries", "size", "free", "needed", "allowed")
HOLE = re.compile(r"%\((\w+)\)s")


@cache
def patterns() -> list[tuple[re.Pattern[str], str]]:
    """What the refusals with something filled in look like; those that say most come first."""
    filled = sorted((one for one in KNOWN if one not in EXACT), key=lambda one: -len(HOLE.sub("", one)))
    return [(re.compile(pattern(one), re.DOTALL), one) for one in filled]


def pattern(text: str) -> str:
    parts = HOLE.split(text)
    return "".join(
        f"(?P<{part}>{'[0-9]+' if part in AMOUNTS else '.+'})" if at % 2 else re.escape(part)
        for at, part in enumerate(parts)
    )


def refusal(speech: Speech, text: str) -> str:
    """What the desk said, as the person would say it. What is not known here stays as it is."""
    if speech.locale.language == "en":
        return text
    if text in EXACT:
        return speech._(text)
    for form, said in patterns():
        if match := form.fullmatch(text):
            return speech._(said, **{name: inner(speech, name, value) for name, value in match.groupdict().items()})
    name, _, problem = text.partition(" ")
    return f"{label(speech, name)} {refusal(speech, problem)}" if name in FIELDS and problem else text


def inner(speech: Speech, name: str, value: str) -> str:
    """What was filled in: how many, a word of ours, or another refusal."""
    if name in AMOUNTS and (amount := whole(value)) is not None:
        return speech.number(amount)
    if value in THINGS or value in WORDS:
        return speech._(THINGS.get(value) or WORDS[value])
    return label(speech, value) if value in FIELDS else refusal(speech, value)
