"""The statements that learn which products go together, each over the whole shop at once.

People who bought (or opened) both of two products tie them. A person with many products says less about each pair,
so he counts one over the logarithm of their number; who has more than `most` is left out as no single person. The
tie is the cosine of the two, shrunk towards nothing while few people show it.
"""

SHRINKAGE = 3.0
MOST_OF_A_PERSON = 80
KEPT_OF_EACH = 24
FEWEST_PEOPLE = 2

BOUGHT = """
SELECT placed.buyer_id AS person_id, line.product_id
FROM orders_order placed JOIN orders_orderline line ON line.order_id = placed.id
WHERE placed.state = ANY(%(kept)s) AND placed.placed_at >= %(since)s AND NOT line.is_gift
GROUP BY 1, 2
"""
SEEN = """
SELECT person_id, product_id FROM recommendations_seen WHERE at >= %(since)s
UNION SELECT person_id, product_id FROM search_look WHERE at >= %(since)s
"""
TIES = """
WITH deeds AS MATERIALIZED ({deeds}),
persons AS (
    SELECT person_id, 1 / ln(1 + count(*)) AS say FROM deeds GROUP BY person_id HAVING count(*) BETWEEN 2 AND %(most)s
),
told AS MATERIALIZED (SELECT deeds.person_id, deeds.product_id, persons.say FROM deeds JOIN persons USING (person_id)),
lengths AS (SELECT product_id, sum(say) AS length FROM told GROUP BY product_id),
together AS (
    SELECT one.product_id, other.product_id AS other_id, sum(one.say) AS shared, count(*) AS people
    FROM told one JOIN told other ON other.person_id = one.person_id AND other.product_id <> one.product_id
    GROUP BY 1, 2 HAVING count(*) >= %(fewest)s
),
scored AS (
    SELECT together.product_id, together.other_id, people,
           shared / sqrt(a.length * b.length) * people / (people + %(shrinkage)s) AS score
    FROM together JOIN lengths a ON a.product_id = together.product_id JOIN lengths b ON b.product_id = other_id
),
ranked AS (
    SELECT *, row_number() OVER (PARTITION BY product_id ORDER BY score DESC, other_id) AS place FROM scored
)
INSERT INTO recommendations_pair (product_id, other_id, tie, score, people_count)
SELECT product_id, other_id, %(tie)s, least(score, 1), people FROM ranked WHERE place <= %(kept_of_each)s
"""
ALIKE = """
INSERT INTO recommendations_pair (product_id, other_id, tie, score, people_count)
SELECT one.id, near.id, 'ALIKE', near.score, 0
FROM catalogue_product one
JOIN LATERAL (
    SELECT other.id,
           least(1, 0.45 + CASE WHEN other.brand_id = one.brand_id THEN 0.15 ELSE 0 END
           + 0.25 * exp(-abs(ln((other.price_minor + 100.0) / (one.price_minor + 100.0))))
           + 0.15 * (SELECT count(*) FROM jsonb_each(one.attributes) mine
                     WHERE other.attributes -> mine.key = mine.value)
                  / greatest(1, (SELECT count(*) FROM jsonb_object_keys(one.attributes)))) AS score
    FROM (SELECT * FROM catalogue_product beside WHERE beside.category_id = one.category_id
          AND beside.state = 'PUBLISHED' AND beside.id <> one.id
          ORDER BY beside.rank DESC, beside.id DESC LIMIT 60) other
    ORDER BY score DESC, other.id LIMIT %(kept_of_each)s
) near ON TRUE
WHERE one.state = 'PUBLISHED'
"""
REFILLS = """
INSERT INTO recommendations_refill (product_id)
SELECT product_id FROM (
    SELECT line.product_id, placed.buyer_id, count(DISTINCT placed.id) AS times
    FROM orders_order placed JOIN orders_orderline line ON line.order_id = placed.id
    WHERE placed.state = ANY(%(kept)s) AND placed.placed_at >= %(since)s AND NOT line.is_gift
    GROUP BY 1, 2
) bought GROUP BY product_id
HAVING count(*) FILTER (WHERE times > 1) >= 3 AND count(*) FILTER (WHERE times > 1) >= 0.2 * count(*)
UNION
SELECT product.id FROM catalogue_product product
JOIN aftersales_categoryterms terms ON terms.category_id = product.category_id AND terms.is_fresh
"""
