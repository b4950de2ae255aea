"""Amounts as providers write them. The shop counts the smallest unit of a currency, in whole numbers.

Stripe counts the smallest unit too: fen for CNY, whole yen for JPY. A few currencies are told to it in another unit.
"""

import re

# Currencies without a smaller unit, and those that Stripe nevertheless wants in hundredths.
WHOLE = frozenset({"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "UGX", "VND", "VUV",
                   "XAF", "XOF", "XPF"})  # fmt: skip
WHOLE_BUT_TOLD_IN_HUNDREDTHS = frozenset({"ISK", "UGX"})
IN_THOUSANDTHS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
YUAN = re.compile(r"(0|[1-9]\d{0,12})(?:\.(\d{1,2}))?")


def to_stripe(minor: int, currency: str) -> int:
    """Write an amount as Stripe counts it.

    Raises: ValueError, if Stripe cannot charge this amount exactly.
    """
    if currency in WHOLE_BUT_TOLD_IN_HUNDREDTHS:
        return minor * 100
    if currency in IN_THOUSANDTHS and minor % 10:
        raise ValueError("The last digit of an amount in thousandths must be zero.")
    return minor


def from_stripe(amount: object, currency: str) -> int:
    """Read an amount as Stripe counts it.

    Raises: ValueError, if it is no whole number of the smallest unit.
    """
    if type(amount) is not int:
        raise ValueError("An amount is a whole number.")
    if currency not in WHOLE_BUT_TOLD_IN_HUNDREDTHS:
        return amount
    if amount % 100:
        raise ValueError("This currency has no hundredths.")
    return amount // 100


def yuan(minor: int) -> str:
    """Write fen as yuan, exactly: 1234 is 12.34."""
    if minor < 0:
        return f"-{yuan(-minor)}"
    return f"{minor // 100}.{minor % 100:02d}"


def fen(text: str) -> int:
    """Read yuan as fen, exactly: 12.3 is 1230.

    Raises: ValueError, if it is no amount with at most two decimals.
    """
    found = YUAN.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no amount in yuan.")
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
