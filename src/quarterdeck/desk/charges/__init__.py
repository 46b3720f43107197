"""What will be billed: goods and labour, line by line."""

from quarterdeck.desk.charges.actions import change, create
from quarterdeck.desk.charges.inputs import Changes, Filter, New
from quarterdeck.desk.charges.queries import READING, get, held, seen
from quarterdeck.desk.charges.records import Charge, amount

__all__ = ["READING", "Changes", "Charge", "Filter", "New", "amount", "change", "create", "get", "held", "seen"]
