"""What was sold: contracts by name, and the price list."""

from dataclasses import dataclass
from typing import Any

from quarterdeck.desk.contracts import Kind


@dataclass(frozen=True)
class Plan:
    billed_as: Kind
    terms: dict[str, Any]
    tier: str


def rate(id: int, amount: float, description: str, sku: str) -> dict[str, Any]:
    return {"RateID": id, "Amount": amount, "Description": description, "SKU": sku, "Category": "Contract"}


REMOTE_HOUR = rate(10, 135.0, "Remote support, per hour", "LAB-R")
ON_SITE_HOUR = rate(11, 165.0, "On-site support, per hour", "LAB-S")
NIGHT_HOUR = rate(12, 220.0, "After hours, per hour", "LAB-N")

PLANS = {
    "Managed Gold": Plan(
        Kind.RETAINER,
        {
            "RetainerFlatFee": {
                "BillingPeriod": "Monthly",
                "Quantity": 1,
                "Rate": rate(1, 1450.0, "Managed Gold", "MG-1"),
            }
        },
        "Gold",
    ),
    "Managed Silver": Plan(
        Kind.RETAINER,
        {
            "RetainerFlatFee": {
                "BillingPeriod": "Monthly",
                "Quantity": 1,
                "Rate": rate(2, 890.0, "Managed Silver", "MS-1"),
            }
        },
        "Silver",
    ),
    "Per user monthly": Plan(
        Kind.RETAINER,
        {
            "RetainerFlatFee": {
                "BillingPeriod": "Monthly",
                "Quantity": 6,
                "Rate": rate(3, 95.0, "Managed user", "MU-1"),
            }
        },
        "Silver",
    ),
    "Block of hours": Plan(
        Kind.BLOCK_HOURS,
        {
            "BlockHours": {
                "BillingPeriod": "Quarterly",
                "HoursIncluded": 20,
                "CommitRollover": True,
                "PricePerHour": rate(4, 118.0, "Hour from a block of 20", "BH-20"),
                "OverageRate": REMOTE_HOUR,
            }
        },
        "Bronze",
    ),
    "Hourly": Plan(
        Kind.HOURLY,
        {
            "Hourly": {
                "BillingPeriod": "Monthly",
                "PrimaryRate": REMOTE_HOUR,
                "AdditionalRates": [ON_SITE_HOUR, NIGHT_HOUR],
            }
        },
        "Bronze",
    ),
    "Remote monitoring": Plan(
        Kind.REMOTE_MONITORING,
        {
            "RemoteMonitoring": {
                "BillingPeriod": "Monthly",
                "CountBy": "AgentsOnly",
                "RatePerDevice": rate(5, 24.0, "Monitored device", "RM-1"),
            }
        },
        "Bronze",
    ),
}
BACKUP = Plan(
    Kind.ONLINE_BACKUP,
    {
        "OnlineBackup": {
            "BillingPeriod": "Monthly",
            "CountBy": "TotalGB",
            "RatePerGB": rate(6, 0.12, "Off-site backup, per GB", "OB-GB"),
        }
    },
    "",
)
PROJECT = Plan(
    Kind.PROJECT_FEE,
    {"ProjectOneTimeFee": {"TotalAmount": rate(7, 4800.0, "Move to the new office network", "PRJ-NET")}},
    "",
)
