"""What is sold, under whatever name it is written: the same thing has one id."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from toolkit.core.text import clean, search_key
from toolkit.kpi.model import Product

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST: Final = 60  # characters of an id; a longer one ends in a digest


def product_id(name: str) -> str:
    """The id of a product that is called so: its words without marks ("Gói bảo hiểm" is "goi-bao-hiem")."""
    words = search_key(name).replace(" ", "-")
    if words and len(words) <= _LONGEST and words.isascii():
        return words
    digest = sha256(clean(name).encode()).hexdigest()[:8]
    return f"{words[: _LONGEST - 9]}-{digest}" if words else digest


class Shelf:
    """Finds products by any of their names, marks and punctuation aside."""

    def __init__(self, products: Iterable[Product] = ()) -> None:
        self._by_id: dict[str, Product] = {}
        self._by_name: dict[str, str] = {}
        for product in products:
            self.put(product)

    def put(self, product: Product) -> None:
        """Add a product, or have it under its new names."""
        self._by_id[product.id] = product
        for name in (product.id, product.label, *product.aliases):
            self._by_name.setdefault(_key(name), product.id)

    def find(self, name: str) -> Product | None:
        """The product of this name, None if there is none."""
        found = self._by_id.get(name)
        return found or self._by_id.get(self._by_name.get(_key(name), ""))

    def found_or_new(self, name: str) -> Product:
        """The product of this name, or a new one that is called so (not yet on the shelf)."""
        known = self.find(name)
        if known is not None:
            return known
        label = clean(name)
        return Product(product_id(label), label)

    def label(self, product: str) -> str:
        """What a product is called; what stood there for one that isn't known."""
        found = self._by_id.get(product)
        return found.label if found else product


def _key(name: str) -> str:
    return search_key(name) or clean(name)
