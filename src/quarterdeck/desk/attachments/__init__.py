"""Files on tickets."""

from quarterdeck.desk.attachments.records import Attachment, Blob

__all__ = ["Attachment", "Blob"]
