"""The statements by which the shop window shows offers. They ask the campaign, so a pause is obeyed at once."""

LIVE = """
FROM groupbuy_offer offer
JOIN promotions_campaignrule rule ON rule.id = offer.rule_id AND rule.is_current AND rule.is_enabled
JOIN promotions_campaign campaign ON campaign.id = offer.campaign_id AND campaign.state = 'RUNNING'
    AND campaign.starts_at <= {at} AND campaign.ends_at > {at}
"""

# A fixed price, else the single price less the discount, rounded half up like every discount.
PRICE = """COALESCE((offer.prices ->> {variant}.id::text)::bigint, (offer.prices ->> '*')::bigint,
    {variant}.price_minor - (2 * {variant}.price_minor * offer.discount_bps + 10000) / 20000)"""

# The lowest group price among the variants of a product: by it the best of several offers is chosen.
LEAST = f"""(SELECT min(found.price) FROM (
    SELECT {PRICE.format(variant="sibling")} AS price, sibling.price_minor
    FROM catalogue_variant sibling WHERE sibling.product_id = offer.product_id) found
    WHERE found.price > 0 AND found.price < found.price_minor)"""  # noqa: S608 - joined from what is written above

BEST_FIRST = "least, campaign.starts_at, offer.id"

# What a variant costs in a group now, or nothing: an expression over `variant`.
VARIANT_PRICE = f"""(SELECT CASE WHEN best.price > 0 AND best.price < variant.price_minor THEN best.price END FROM (
    SELECT {PRICE.format(variant="variant")} AS price, {LEAST} AS least
    {LIVE.format(at="now()")} WHERE offer.product_id = variant.product_id
    ORDER BY {BEST_FIRST} LIMIT 1) best WHERE best.least IS NOT NULL)"""  # noqa: S608 - joined from the above

# Whether a product can be bought together now: a condition over `product`.
HAS_OFFER = f"EXISTS (SELECT 1 {LIVE.format(at='now()')} WHERE offer.product_id = product.id)"

# The best offer of each of many products.
OFFERS = f"""
SELECT DISTINCT ON (chosen.product_id) chosen.* FROM (
    SELECT offer.id, offer.product_id, offer.campaign_id, offer.size, offer.ttl_hours, offer.open_limit,
        offer.joiners, offer.may_leave, offer.ladder::json AS ladder,
        offer.winners, offer.consolation_points, offer.platform_seats, offer.leader_points, offer.leader_discount_bps,
        offer.leader_discount_minor, offer.order_limit,
        offer.allow_merge, offer.money_taken, campaign.ends_at, campaign.starts_at, {LEAST} AS least
    {LIVE.format(at="%(now)s")} WHERE offer.product_id = ANY(%(products)s)) chosen
WHERE chosen.least IS NOT NULL ORDER BY chosen.product_id, chosen.least, chosen.starts_at, chosen.id
"""  # noqa: S608 - joined from what is written above
