"""Amounts: money in whole cents, quantities and percentages as exact decimals that are kept as text."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field, PlainSerializer

AS_TEXT = PlainSerializer(lambda number: format(number, "f"))

Cents = Annotated[int, Field(ge=-(10**13), le=10**13)]
Quantity = Annotated[Decimal, Field(max_digits=15, decimal_places=4), AS_TEXT]
Percent = Annotated[Decimal, Field(ge=0, le=100, max_digits=9, decimal_places=5), AS_TEXT]
