"""Reading statement files of providers: their columns, their words, their amounts. No database, no clock."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from backend.payments.rules.transfers import reference_in, refund_in

MOST_BYTES = 8 * 1024 * 1024
MOST_ROWS = 50_000
SHANGHAI = ZoneInfo("Asia/Shanghai")
PAYMENT, REFUND, OTHER = "payment", "refund", "other"
Row = Mapping[str, str]
# With this line the sums of a bill of WeChat begin.
WECHAT_SUMS = "总交易单数"


class Unreadable(ValueError):
    """A file that is not what it claims to be; says where."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: {problem}")
        self.line, self.problem = line, problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One movement in a statement; amounts are positive, the kind says the direction."""

    key: str
    kind: str
    amount_minor: int
    currency: str
    at: datetime
    reference: str = ""
    provider_reference: str = ""
    refund_key: str = ""


def read_statement(provider: str, content: bytes) -> list[Movement]:
    """Read a whole file, or refuse it with the line that cannot be read.

    Raises: Unreadable.
    """
    if len(content) > MOST_BYTES:
        raise Unreadable(0, "the file is too large")
    if provider not in FORMATS:
        raise Unreadable(0, "this provider has no statements")
    text, needed, read = _decoded(content), *FORMATS[provider]
    lines = list(csv.reader(io.StringIO(text)))
    start = next((number for number, line in enumerate(lines) if needed <= {each.strip() for each in line}), None)
    if start is None:
        raise Unreadable(1, f"the columns {', '.join(sorted(needed))} are missing")
    names = [each.strip() for each in lines[start]]
    found = list(_movements(lines[start + 1 :], names, read, first_line=start + 2))
    if not found:
        raise Unreadable(start + 1, "there is nothing in it")
    return found


def _movements(
    lines: Iterable[list[str]], names: list[str], read: Callable[[Row], Movement], *, first_line: int
) -> Iterable[Movement]:
    for number, line in enumerate(lines, start=first_line):
        values = [each.strip() for each in line]
        if not any(values) or values[0].startswith("#"):
            continue
        if values[0] == WECHAT_SUMS:
            break
        if number - first_line >= MOST_ROWS:
            raise Unreadable(number, f"more than {MOST_ROWS} rows")
        if len(values) < len(names):
            raise Unreadable(number, "a column is missing")
        try:
            yield read(dict(zip(names, values, strict=False)))
        except (KeyError, ValueError) as wrong:
            raise Unreadable(number, str(wrong)) from wrong


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable(1, "this is no text")


def cents(text: str) -> int:
    """Read an amount with at most two decimals, exactly; a sign is allowed.

    Raises: ValueError.
    """
    sign, digits = (-1, text[1:]) if text.startswith("-") else (1, text)
    whole, _, rest = digits.replace(",", "").partition(".")
    if not (whole.isascii() and whole.isdigit() and len(whole) <= 13 and len(rest) <= 2 and (rest or "0").isdigit()):
        raise ValueError(f"{text!r} is no amount")
    return sign * (int(whole) * 100 + int(rest.ljust(2, "0") or "0"))


def _moment(text: str, zone: ZoneInfo | None = None) -> datetime:
    for form in ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S%z", "%Y/%m/%d %H:%M:%S"):
        try:
            read = datetime.strptime(text, form)  # noqa: DTZ007 - the zone is set below
        except ValueError:
            continue
        return read if read.tzinfo else read.replace(tzinfo=zone or UTC)
    raise ValueError(f"{text!r} is no time")


def _sandbox(row: Row) -> Movement:
    return Movement(
        key=row["id"],
        kind={PAYMENT: PAYMENT, REFUND: REFUND}.get(row["type"], OTHER),
        amount_minor=int(row["amount"]),
        currency=row["currency"],
        at=_moment(row["at"]),
        reference=row["reference"],
        provider_reference=row["transaction"],
        refund_key=row["refund_key"],
    )


def _stripe(row: Row) -> Movement:
    """A row of the balance history. Metadata columns are named by Stripe: `reference (metadata)`."""
    kind = {"charge": PAYMENT, "payment": PAYMENT, "refund": REFUND, "payment_refund": REFUND}.get(row["Type"], OTHER)
    return Movement(
        key=row["id"],
        kind=kind,
        amount_minor=abs(cents(row["Amount"])),
        currency=row["Currency"].upper(),
        at=_moment(row["Created (UTC)"]),
        reference=row.get("reference (metadata)", ""),
        provider_reference=row.get("Payment Intent ID", ""),
        refund_key=row.get("refund_key (metadata)", "") or (row.get("Source", "") if kind == REFUND else ""),
    )


def _alipay(row: Row) -> Movement:
    """A row of the business details of a bill; the column of our request number is empty for a payment."""
    kind = {"交易": PAYMENT, "退款": REFUND}.get(row["业务类型"], OTHER)
    request = row.get("退款批次号/请求号", "")
    return Movement(
        key=f"{row['支付宝交易号']}:{kind}:{request}",
        kind=kind,
        amount_minor=abs(cents(row["订单金额（元）"])),
        currency="CNY",
        at=_moment(row["完成时间"], SHANGHAI),
        reference=row["商户订单号"],
        provider_reference=row["支付宝交易号"],
        refund_key=request,
    )


def _wechat(row: Row) -> Movement:
    """A row of the bill of all trades, where WeChat puts a mark before each value; a refund has its own numbers."""
    told = {name: value.removeprefix("`") for name, value in row.items()}
    kind = {"SUCCESS": PAYMENT, "REFUND": REFUND}.get(told["交易状态"], OTHER)
    request = told["商户退款单号"] if kind == REFUND else ""
    return Movement(
        key=f"{told['微信订单号']}:{kind}:{request}",
        kind=kind,
        amount_minor=abs(cents(told["申请退款金额"] if kind == REFUND else told["订单金额"])),
        currency=told["货币种类"],
        at=_moment(told["交易时间"], SHANGHAI),
        reference=told["商户订单号"],
        provider_reference=told["微信订单号"],
        refund_key=request,
    )


def _transfer(row: Row) -> Movement:
    """A row of a bank's statement: money came in or went out, and the purpose says for what."""
    came, went = cents(row["收入金额"] or "0"), cents(row["支出金额"] or "0")
    if (came > 0) == (went > 0):
        raise ValueError("either money came in or it went out")
    purpose = row["附言"]
    return Movement(
        key=row["交易流水号"],
        kind=PAYMENT if came else REFUND,
        amount_minor=came or went,
        currency="CNY",
        at=_moment(row["交易时间"], SHANGHAI),
        reference=reference_in(purpose) if came else "",
        provider_reference=row["交易流水号"],
        refund_key=refund_in(purpose) if went else "",
    )


FORMATS: Mapping[str, tuple[set[str], Callable[[Row], Movement]]] = {
    "sandbox": ({"id", "type", "reference", "transaction", "refund_key", "amount", "currency", "at"}, _sandbox),
    "stripe": ({"id", "Type", "Amount", "Currency", "Created (UTC)"}, _stripe),
    "alipay": ({"支付宝交易号", "商户订单号", "业务类型", "订单金额（元）", "完成时间"}, _alipay),
    "wechat": (
        {"交易时间", "微信订单号", "商户订单号", "交易状态", "订单金额", "商户退款单号", "申请退款金额"},
        _wechat,
    ),
    "transfer": ({"交易流水号", "交易时间", "收入金额", "支出金额", "附言"}, _transfer),
}
