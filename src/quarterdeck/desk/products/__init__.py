"""What is sold."""

from quarterdeck.desk.products.records import Category, Product

__all__ = ["Category", "Product"]
