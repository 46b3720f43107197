"""What will be billed: goods and labour, line by line."""

from quarterdeck.desk.charges.records import Charge

__all__ = ["Charge"]
