"""People of the customers who may sign in at the portal."""

from quarterdeck.desk.portal.records import PortalUser

__all__ = ["PortalUser"]
