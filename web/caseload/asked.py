"""What of the caseload was asked for, as its address says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from domain.practice.kinds import Tier
from projections.caseload_found import Filters
from projections.caseload_order import SORTS, Sort


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an address asks the caseload for. What it mistypes is left out."""

    filters: Filters
    sort: Sort = "consequence"
    descending: bool = False
    page: int = 1

    @classmethod
    def read(cls, args: Mapping[str, str]) -> Asked:
        sort, page, tier = args.get("sort", ""), args.get("page", ""), args.get("tier", "")
        return cls(
            filters=Filters(
                tier=Tier(tier) if tier in set(Tier) else None,
                contract_holder=_code(args, "contract_holder"),
                local_commissioner=_code(args, "local_commissioner"),
                caseworker="" if args.get("caseworker") == "none" else _code(args, "caseworker"),
                words=args.get("words", "").strip()[:100],
                overdue=args.get("overdue") == "yes",
                not_reviewed=args.get("not_reviewed") == "yes",
                differs=args.get("differs") == "yes",
                closed=args.get("closed") == "yes",
            ),
            sort=sort if sort in SORTS else "consequence",
            descending=args.get("order") == "descending",
            page=int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 7 else 1,
        )

    @property
    def by_name(self) -> bool:
        """Whether practices are chosen or ordered by what they are called."""
        return self.sort == "name" or bool(self.filters.words)

    @property
    def filtered(self) -> bool:
        return self.filters != Filters()

    def address(self, **changed: Any) -> str:
        """The page's address, with something changed."""
        filters = self.filters
        wanted = {
            "tier": filters.tier or "",
            "contract_holder": filters.contract_holder or "",
            "local_commissioner": filters.local_commissioner or "",
            "caseworker": "none" if filters.caseworker == "" else filters.caseworker or "",
            "words": filters.words,
            "overdue": "yes" if filters.overdue else "",
            "not_reviewed": "yes" if filters.not_reviewed else "",
            "differs": "yes" if filters.differs else "",
            "closed": "yes" if filters.closed else "",
            "sort": "" if self.sort == "consequence" else self.sort,
            "order": "descending" if self.descending else "",
            "page": "",
        } | changed
        question = urlencode({name: value for name, value in wanted.items() if value not in {"", None, 1}})
        return f"/practices{'?' if question else ''}{question}"


def compared_link(filters: Filters) -> str:
    """Two days of the same practices, as far as they are compared by what narrows the list."""
    given = {
        "contract_holder": filters.contract_holder,
        "local_commissioner": filters.local_commissioner,
        "caseworker": "none" if filters.caseworker == "" else filters.caseworker,
    }
    question = urlencode({name: value for name, value in given.items() if value})
    return f"/practices/compared{'?' if question else ''}{question}"


def _code(args: Mapping[str, str], name: str) -> str | None:
    return args.get(name, "").strip()[:60] or None
