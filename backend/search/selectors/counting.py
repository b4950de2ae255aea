# ruff: noqa: S608 - only names written in code become SQL.
"""How many finds each choice of each filter would leave, leaving that filter's own choice out."""

from collections.abc import Mapping

from backend.search.rules.narrowing import MOST_CHOICES, PARTS, PRICE_STEPS_MINOR, RATING_STEPS, SOLD_STEPS

_LIVE = ("in_stock", "has_group")
_HAS_BRAND = "brand <> ''"
_HAS_BRAND = "brand <> ''"


def live_sql(conditions: Mapping[str, str]) -> str:
    """Columns for what is true only at this moment."""
    return "".join(f", {conditions.get(name, 'FALSE')} AS {name}" for name in _LIVE)


def counts_sql(conditions: Mapping[str, str]) -> str:
    """One JSON object with the counts of every filter."""
    return (
        "SELECT json_build_object("
        f"'categories', {_grouped('unnest(categories)', 'category')},"
        f"'brands', {_grouped('brand', 'brand', _HAS_BRAND)},"
        f"'attributes', {_grouped('unnest(attributes)', 'attributes', most=MOST_CHOICES * 3)},"
        f"'prices', {_stepped_prices()},"
        f"'ratings', {_stepped('rating_tenths', RATING_STEPS, 'rating')},"
        f"'sold', {_stepped('sold_count', SOLD_STEPS, 'sold')},"
        f"'in_stock', (SELECT count(*) FROM found WHERE in_stock AND {_others('in_stock')}),"
        f"'has_group', (SELECT count(*) FROM found WHERE has_group AND {_others('has_group')}))"
    )


def _others(part: str) -> str:
    """All flags but one."""
    return " AND ".join(f"is_{other}" for other in PARTS if other != part)


def _grouped(value: str, part: str, condition: str = "TRUE", *, most: int = MOST_CHOICES) -> str:
    return (
        "COALESCE((SELECT json_agg(json_build_object('value', value, 'count', number) ORDER BY number DESC, value)"
        f" FROM (SELECT {value} AS value, count(*) AS number FROM found WHERE {condition} AND {_others(part)}"
        f" GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {most}) AS counted), '[]')"
    )


def _stepped(column: str, steps: tuple[int, ...], part: str) -> str:
    """How many have at least so much."""
    counts = ", ".join(
        f"json_build_object('value', {step}, 'count', count(*) FILTER (WHERE {column} >= {step}))" for step in steps
    )
    return f"(SELECT json_build_array({counts}) FROM found WHERE {_others(part)})"


def _stepped_prices() -> str:
    """How many cost between one step and the next."""
    highest = [*(str(step) for step in PRICE_STEPS_MINOR[1:]), "NULL"]
    counts = ", ".join(
        f"json_build_object('lowest', {low}, 'highest', {high}::bigint, 'count', count(*)"
        f" FILTER (WHERE price_minor >= {low} AND ({high}::bigint IS NULL OR price_minor < {high}::bigint)))"
        for low, high in zip(PRICE_STEPS_MINOR, highest, strict=True)
    )
    return f"(SELECT json_build_array({counts}) FROM found WHERE {_others('price')})"
