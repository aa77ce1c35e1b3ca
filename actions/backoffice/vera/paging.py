"""A list of VERA in pages: parameters ``cursor`` and ``pagina``, headers ``X-Parameters-...``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from actions.backoffice.vera.rows import Malformed, Row

PER_PAGE = 100
"""The most that a page may hold (``maxItems`` of every list)."""
MOST_PAGES = 10
ASKED = {"X-Parameters-AantalPerPagina": str(PER_PAGE)}


@dataclass(slots=True)
class Pages:
    """What came so far, and what to ask next. Wrong pages are refused: half a list is worse than
    none."""

    kind: str
    rows: list[Row] = field(default_factory=list)
    pages: int = 0
    _seen: set[str] = field(default_factory=set)
    _cursor: str = ""

    def asking(self) -> Mapping[str, str]:
        """Parameters of the next page; none for the first."""
        if self.pages == 0:
            return {}
        page = {"pagina": str(self.pages + 1)}
        return {**page, "cursor": self._cursor} if self._cursor else page

    def add(self, page: Sequence[Row], headers: Mapping[str, str]) -> bool:
        """Take the next page. Whether there is another one.

        Raises:
            Malformed: pages repeat or do not add up.
        """
        self.pages += 1
        total = self._number(headers, "X-Parameters-Aantal")
        size = self._number(headers, "X-Parameters-AantalPerPagina") or PER_PAGE
        number = self._number(headers, "X-Parameters-Pagina")
        if number is not None and number != self.pages:
            raise Malformed(f"{self.kind}: another page than was asked")
        self._take(page)
        last = self._cursor
        self._cursor = headers.get("X-Parameters-Cursor", "")
        if total is not None:
            return self._more_of(total, page)
        if not page:
            return False
        if self._cursor and self._cursor == last and number is None:
            raise Malformed(f"{self.kind}: the same cursor again")
        return self._bounded(bool(self._cursor) or len(page) >= size)

    def _more_of(self, total: int, page: Sequence[Row]) -> bool:
        missing = total - len(self.rows)
        if missing < 0 or (missing and not page):
            raise Malformed(f"{self.kind}: pages do not add up")
        return self._bounded(missing > 0)

    def _take(self, page: Sequence[Row]) -> None:
        ids = {row.id for row in page}
        if len(ids) < len(page) or ids & self._seen:
            raise Malformed(f"{self.kind}: the same again")
        self._seen |= ids
        self.rows += page

    def _bounded(self, more: bool) -> bool:
        if more and self.pages >= MOST_PAGES:
            raise Malformed(f"{self.kind}: too many pages")
        return more

    def _number(self, headers: Mapping[str, str], name: str) -> int | None:
        given = headers.get(name)
        if given is None:
            return None
        if not (given.isascii() and given.isdigit() and len(given) < 9):
            raise Malformed(f"{self.kind}: {name}")
        return int(given)
