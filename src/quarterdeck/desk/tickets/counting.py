"""How many tickets there are, for pages that show a number beside a name."""

from collections.abc import Sequence

import sqlalchemy as sa

from quarterdeck.desk.statement import Several, Statement, among
from quarterdeck.desk.tickets.queries import GOING_ON, at_stage
from quarterdeck.desk.tickets.records import Involved, Ticket
from quarterdeck.desk.work import Work

# Added up, not filtered by: an index over stages would lead through all that are open anywhere.
OPEN = sa.func.sum(sa.case((at_stage(*GOING_ON), sa.literal_column("1")), else_=sa.literal_column("0")))


def counting(column: sa.SQLColumnExpression[int | None]) -> Statement:
    wanted = among(column, sa.bindparam("ids", type_=Several()))
    return Statement(sa.select(column, OPEN).where(wanted).group_by(column))


OPEN_OF = {"customer_id": counting(Ticket.customer_id), "contact_id": counting(Ticket.contact_id)}
OPEN_OF_ASSETS = Statement(
    sa.select(Involved.asset_id, OPEN)
    .join(Ticket, Ticket.id == Involved.ticket_id)
    .where(among(Involved.asset_id, sa.bindparam("ids", type_=Several())))
    .group_by(Involved.asset_id)
)


def open_of(work: Work, by: str, ids: Sequence[int]) -> dict[int, int]:
    """How many tickets are open of each of these customers, contacts or assets, by the column that names them."""
    work.require("tickets:read")
    statement = OPEN_OF_ASSETS if by == "asset_id" else OPEN_OF[by]
    return {id: int(n) for id, n in statement.raw(work.link, {"ids": ids})} if ids else {}
