"""Atera's words for ours."""

from quarterdeck.desk.errors import Why
from quarterdeck.desk.tickets import Impact, Priority, Source, Stage, Type
from quarterdeck.wire.codecs import Choice

# Statuses of a provider's own are shown as they are.
STATUS = Choice(Stage, open="Open", pending="Pending", resolved="Resolved", closed="Closed", free=True)
PRIORITY = Choice(Priority, low="Low", medium="Medium", high="High", critical="Critical")
# Bug, Question and Other are what older scripts send.
TYPE = Choice(
    Type,
    problem="Problem",
    request="Request",
    incident="Incident",
    change="Change",
    also={"Bug": Type.PROBLEM, "Question": Type.REQUEST, "Other": Type.REQUEST},
)
IMPACT = Choice(
    Impact, none="NoImpact", minor="Minor", major="Major", server="ServerIssue", site="SiteDown", crisis="Crisis"
)
SOURCE = Choice(Source, portal="Portal", email="Email", phone="Phone", agent="Agent", api="API")


def said(text: str, listed: str | None = None) -> tuple[str, str]:
    """The message of a refusal, and its entry in `errors` where the two differ."""
    return text, listed or text


NO_CUSTOMER = said("Invalid customer ID")
NAME_REQUIRED = {("name", Why.MISSING): said("Name required")}
