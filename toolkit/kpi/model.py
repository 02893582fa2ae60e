"""What the kpi tool talks about. Money is whole đồng, days are dates, periods are half-open."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from toolkit.core.dates import Period
    from toolkit.core.money import Money
    from toolkit.core.outcome import Param
    from toolkit.core.readings import Readings

EngagementKind = Literal["employee", "agent", "ctv", "freelance", "broker"]
SaleKind = Literal["sale", "refund"]
Status = Literal["open", "done", "cancelled", "returned", "unknown"]
"""Of an order. Only `done` counts, `open` for metrics that say "ordered"; `unknown` is named and never counted."""

DateKind = Literal["ordered", "completed", "paid"]
"""Which of a sale's days a metric goes by."""

ContactGroup = Literal["demand", "colleague", "payer", "reputation", "other"]
"""The four groups of a salesperson: who comes with a demand, colleagues of other departments, those who hire and pay,
and those before whom one's own reputation stands."""

OpportunityOutcome = Literal["open", "won", "lost"]
PromiseOutcome = Literal["open", "kept", "broken", "released"]
LostReason = Literal[
    "price", "timing", "need", "trust", "competitor", "product", "decision", "silence", "service", "other"
]  # fmt: skip
ActivityKind = Literal["meeting", "call", "message", "quote", "demo", "visit", "lead", "post", "follow_up", "other"]

WHOLE_SHARE: Final = 10_000
"""A member's share of a sale is kept in hundredths of a percent."""
QUANTITY_UNIT: Final = 1_000
"""Quantities are kept in thousandths, so that 2,5 kg is a whole number."""
DEFAULT_ENGAGEMENT: Final = "own"
"""What a sale belongs to where the member has told of no engagement."""


@dataclass(frozen=True)
class Doubt:
    """Why something isn't certain: a code of the catalogue (`kpi.…`) and what fills its sentence."""

    code: str
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True)
class Engagement:
    """Whom the member sells for. Sales of two engagements never mix unless a target names both.

    `own_contacts`: the customers are the member's own, not the company's, and may be exported.
    """

    id: str
    label: str
    kind: EngagementKind
    own_contacts: bool = False
    started: date | None = None
    ended: date | None = None


@dataclass(frozen=True)
class Product:
    """Something that is sold, with the names it goes by."""

    id: str
    label: str
    category: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One product of a sale. `amount` is the line's total in đồng, None where only the sale's total is known."""

    product: str
    quantity: Fraction = Fraction(1)
    amount: int | None = None
    sku: str = ""
    status: Status | Literal[""] = ""


@dataclass(frozen=True)
class Split:
    """Another person's part of a sale, in hundredths of a percent."""

    person: str
    share: int


@dataclass(frozen=True)
class Sale:
    """A sale or a refund. `amount` is positive for both, in đồng: the value of the goods, before refunds, fees and
    shipping.

    `source` says where it is known from ("log" for what was typed, else the profile of the export), `order` its number
    there. `customer` is the contact's number (0: nobody known), `customer_name` as it was written. `share` is the
    member's part in hundredths of a percent. `referral`: somebody sent the customer, `referrer` who. `repeat`: the
    member said that the customer had bought before. `refunds` is the sale that a refund belongs to (0: unknown).
    """

    id: int
    engagement: str
    kind: SaleKind
    status: Status
    ordered: date
    amount: int
    run: int
    made_at: datetime
    source: str = "log"
    order: str = ""
    completed: date | None = None
    paid: date | None = None
    share: int = WHOLE_SHARE
    customer: int = 0
    customer_name: str = ""
    referral: bool = False
    referrer: str = ""
    repeat: bool = False
    channel: str = ""
    note: str = ""
    sentence: str = ""
    refunds: int = 0
    needs_confirm: bool = False
    lines: tuple[Line, ...] = ()
    splits: tuple[Split, ...] = ()

    @property
    def credited(self) -> Fraction:
        """What of it counts for the member, in đồng."""
        return Fraction(self.amount * self.share, WHOLE_SHARE)


@dataclass(frozen=True)
class Payment:
    """Money that came in from a customer, in đồng; it is no sale."""

    id: int
    engagement: str
    day: date
    amount: int
    run: int
    made_at: datetime
    sale: int = 0
    customer: int = 0
    customer_name: str = ""
    note: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class StageEvent:
    """An opportunity came to a stage ("lead", "meeting", "quote" …) on a day."""

    stage: str
    day: date


@dataclass(frozen=True)
class Opportunity:
    """A deal in the making or decided. A lost one is a neutral outcome with a reason: `reason` in the member's words,
    `reason_kind` what it is counted under."""

    id: int
    engagement: str
    outcome: OpportunityOutcome
    opened: date
    run: int
    made_at: datetime
    closed: date | None = None
    amount: int | None = None
    product: str = ""
    customer: int = 0
    customer_name: str = ""
    source: str = ""
    reason: str = ""
    reason_kind: LostReason | Literal[""] = ""
    sale: int = 0
    sentence: str = ""
    stages: tuple[StageEvent, ...] = ()


@dataclass(frozen=True)
class Activity:
    """`count` things of one kind done on a day: meetings, calls, quotes."""

    id: int
    engagement: str
    day: date
    kind: str
    count: int
    run: int
    made_at: datetime
    customer: int = 0
    customer_name: str = ""
    note: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Promise:
    """Something promised to somebody; the ledger of them is a reputation."""

    id: int
    engagement: str
    text: str
    made: date
    run: int
    made_at: datetime
    due: date | None = None
    outcome: PromiseOutcome = "open"
    closed: date | None = None
    customer: int = 0
    customer_name: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Contact:
    """Somebody the member deals with. `account` is a name at a shop system. Phone, address and e-mail are kept only
    where the member asked for it. `own`: theirs, not the company's; only these are exported."""

    id: int
    engagement: str
    name: str
    group: ContactGroup = "demand"
    role: str = ""
    own: bool = True
    phone: str = ""
    address: str = ""
    email: str = ""
    account: str = ""
    referrer: str = ""
    note: str = ""


@dataclass(frozen=True)
class Measure:
    """A figure that the member enters themself (metrics of object `manual` and `feedback`), exact."""

    id: int
    metric: str
    day: date
    value: Fraction
    run: int
    made_at: datetime
    engagement: str = DEFAULT_ENGAGEMENT
    note: str = ""


MetricObject = Literal[
    "sale", "line", "opportunity", "customer", "activity", "payment", "promise", "feedback", "manual"
]
Aggregate = Literal["count", "sum", "avg", "median", "distinct", "ratio", "latest"]
Unit = Literal["dong", "count", "share", "number"]


@dataclass(frozen=True)
class MetricDef:
    """How a figure is reckoned from the ledger.

    `object` and `aggregate` say of what and how; `kind` narrows sales to sales or refunds ("net" is their difference);
    `statuses` which orders count; `date` which of their days; `filter` further conditions by field (product, category,
    channel, kind of activity …). `direction` "down" means that lower is better: such a target settles only at the end.
    `over` is the metric that a ratio is divided by.
    """

    id: str
    object: MetricObject
    aggregate: Aggregate
    unit: Unit
    label: str = ""
    kind: Literal["sale", "refund", "net", ""] = ""
    statuses: frozenset[Status] = frozenset({"done"})
    date: DateKind = "ordered"
    direction: Literal["up", "down"] = "up"
    filter: Mapping[str, str] = field(default_factory=dict)
    over: str = ""


Shape = Literal["working_days", "calendar_days", "end"]
"""How a target is expected to fill: over the member's working days, over all days, or only at the end."""


@dataclass(frozen=True)
class Revision:
    """From `day` on the target is `amount`; what lies before keeps its line."""

    day: date
    amount: Fraction
    note: str = ""
    made_at: datetime | None = None


@dataclass(frozen=True)
class Target:
    """An amount (đồng, orders, a share …) of a metric in a half-open period. Its state is derived, never stored.

    `engagements` that count together; empty: all that the member has, where that is one. `imposed_by` is who asks for
    it, "" for the member themself.
    """

    id: int
    metric: str
    start: date
    end: date
    amount: Fraction
    label: str = ""
    engagements: tuple[str, ...] = ()
    imposed_by: str = ""
    weight: Fraction = Fraction(1)
    shape: Shape = "working_days"
    dropped: bool = False
    run: int = 0
    revisions: tuple[Revision, ...] = ()

    def amount_on(self, day: date) -> Fraction:
        """The target as it stands on a day."""
        before = [revision for revision in self.revisions if revision.day <= day]
        return max(before, key=lambda revision: revision.day).amount if before else self.amount


TargetState = Literal["coming", "running", "reached", "ended_reached", "ended_short", "settles_at_end", "dropped"]

ItemKind = Literal["sale", "refund", "payment", "lost", "activity", "promise"]


@dataclass(frozen=True)
class Item:
    """One thing that a line tells of, as the grammar reads it; nothing of it is looked up yet.

    `money` and `day` hold one reading, several (ask), or none with a code (for kinds that need them). `customer` and
    `referrer` are as typed. `total`: the amount was read as the total of a quantity above one, and the receipt says so.
    `counts` are activities by kind. `due` is when a promise is due. `paid`: it was paid for at once.
    """

    text: str
    kind: ItemKind
    money: Readings[Money]
    day: Readings[date]
    customer: str = ""
    product: str = ""
    quantity: Fraction | None = None
    referral: bool = False
    referrer: str = ""
    repeat: bool = False
    channel: str = ""
    reason: str = ""
    reason_kind: LostReason | Literal[""] = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    promise: str = ""
    due: Readings[date] | None = None
    engagement: str = ""
    share: int = WHOLE_SHARE
    splits: tuple[Split, ...] = ()
    total: bool = False
    paid: bool = False
    doubts: tuple[Doubt, ...] = ()


Intent = Literal["record", "correct", "question", "plan", "chat"]


@dataclass(frozen=True)
class LineReading:
    """A line of Vietnamese, understood. `items` is empty where nothing is to be recorded; of a correction ("à nhầm,
    12tr") the one item holds what was said anew."""

    text: str
    intent: Intent
    items: tuple[Item, ...] = ()
    questions: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class TargetReading:
    """A target as somebody types it ("doanh số 120tr tháng 11"); nothing of it is looked up yet.

    `metric` is the id of a metric, "" where the words name none; `amount` is in that metric's unit (`unit`: a share of
    30 % is 3/10). `period` has no reading, with a code, where none was named. `imposed_by` is who asks for it, as it
    is typed; `engagement` the words that say whom it is sold for; `direction` "down" where less is better ("dưới 5%").
    `filters` narrow the metric by field (product, channel).
    """

    text: str
    metric: str
    amount: Readings[Fraction]
    unit: Unit | Literal[""]
    period: Readings[Period]
    imposed_by: str = ""
    engagement: str = ""
    direction: Literal["up", "down"] = "up"
    filters: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
