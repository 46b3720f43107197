"""Lists under a customer, which several kinds of record have."""

from quarterdeck.desk import customers
from quarterdeck.edge.rest import Answer, Call
from quarterdeck.edge.verbs import listed


def of_customer(call: Call) -> Answer:
    """The records of the customer in the path; a customer nobody sees is a 404, not an empty list."""
    customer_id = call.number("customerId")
    customers.get(call.work, customer_id)
    return listed(call, call.filtered(customer_id=customer_id))
