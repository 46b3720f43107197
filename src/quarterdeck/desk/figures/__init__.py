"""Figures over many records: what burns, how work went, and how big the desk is. Nothing here changes anything."""

from quarterdeck.desk.figures.board import AGES, Board, board
from quarterdeck.desk.figures.promises import Kept, Narrowed, promises
from quarterdeck.desk.figures.system import About, about
from quarterdeck.desk.figures.time import Spent, owed, spent, unbilled
from quarterdeck.desk.figures.traffic import Week, ages, flow

__all__ = [
    "AGES",
    "About",
    "Board",
    "Kept",
    "Narrowed",
    "Spent",
    "Week",
    "about",
    "ages",
    "board",
    "flow",
    "owed",
    "promises",
    "spent",
    "unbilled",
]
