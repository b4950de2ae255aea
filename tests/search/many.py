"""Many products made in the database from the goods of the demo: each again and again under other words."""

from django.db import connection

# Words that shops put before a thing. Each product gets two of them, so titles and lexicon are of real words.
WORDS = [
    "新款",
    "加厚",
    "便携",
    "家用",
    "迷你",
    "大号",
    "轻便",
    "复古",
    "简约",
    "日式",
    "北欧",
    "防水",
    "耐用",
    "升级",
    "透气",
    "保温",
    "折叠",
    "静音",
    "环保",
    "手工",
    "礼盒",
    "进口",
    "有机",
    "儿童",
    "学生",
    "办公",
    "户外",
    "旅行",
    "厨房",
    "浴室",
    "卧室",
    "客厅",
    "阳台",
    "冬季",
    "夏季",
    "春季",
    "纯色",
    "印花",
    "经典",
    "限量",
]
_WORDS = "(SELECT array_agg(word ORDER BY place) FROM unnest(%s::text[]) WITH ORDINALITY AS listed(word, place))"

_PRODUCTS = f"""
INSERT INTO catalogue_product (id, slug, title, subtitle, description, category_id, state, currency, price_minor,
    sold_count, rating_total, rating_count, rank, promises, facts, published_at)
SELECT md5(base.id::text || number)::uuid, base.slug || '-' || number,
    jsonb_build_object(
        'zh-Hans', listed[1 + number %% 40] || listed[1 + number / 40 %% 40] || (base.title ->> 'zh-Hans'),
        'zh-Hant', base.title ->> 'zh-Hant', 'en', base.title ->> 'en'),
    base.subtitle, base.description, base.category_id, 'PUBLISHED', 'CNY',
    greatest(100, base.price_minor * (60 + number * 37 %% 90) / 100), base.sold_count * (number * 13 %% 100) / 100,
    base.rating_total, base.rating_count, base.rank, base.promises, base.facts,
    base.published_at - number * interval '1 hour'
FROM (SELECT *, row_number() OVER (ORDER BY slug) AS place FROM catalogue_product) base,
    generate_series(1, %s) AS number, {_WORDS} AS words(listed)"""
_DOCUMENTS = f"""
INSERT INTO search_searchdocument (id, kind, subject_id, head, everything, categories, brand, attributes, price_minor,
    sold_count, rating_tenths, published_at, standing)
SELECT gen_random_uuid(), 'product', copy.id, base.head || own, base.everything || own, base.categories, base.brand,
    base.attributes, copy.price_minor, copy.sold_count, base.rating_tenths, copy.published_at,
    base.standing * (50 + number * 13 %% 50) / 100
FROM search_searchdocument base CROSS JOIN generate_series(1, %s) AS number CROSS JOIN {_WORDS} AS words(listed)
JOIN catalogue_product copy ON copy.id = md5(base.subject_id::text || number)::uuid
CROSS JOIN LATERAL setweight(array_to_tsvector(
    ARRAY(SELECT DISTINCT unnest(ARRAY[listed[1 + number %% 40], listed[1 + number / 40 %% 40]]))), 'A') AS own"""
_PICTURES = """
INSERT INTO catalogue_productpicture (id, product_id, picture_id, position)
SELECT gen_random_uuid(), copy.id, (SELECT id FROM core_picture LIMIT 1), 0 FROM catalogue_product copy
WHERE NOT EXISTS (SELECT 1 FROM catalogue_productpicture shown WHERE shown.product_id = copy.id)"""
_PHRASES = """
INSERT INTO search_searchword (word, stem, sound, syllables, initials, shown_hans, shown_hant, shown_en, is_phrase,
    is_name, documents_count)
SELECT one.word || two.word, '', one.sound || two.sound, one.syllables || ' ' || two.syllables,
    one.initials || two.initials, one.word || two.word, '', '', true, true, 20
FROM search_searchword one, search_searchword two
WHERE one.sound <> '' AND two.sound <> '' AND one.is_name AND two.is_name AND length(one.word || two.word) <= 6
    AND length(one.word) > 1 AND length(two.word) > 1
ORDER BY md5(one.word || two.word) LIMIT 40000 ON CONFLICT DO NOTHING"""


def multiply_goods(products: int) -> None:
    """Make about so many products of those on the shelf, with what they are found by."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM catalogue_product")
        copies = products // cursor.fetchone()[0]
        cursor.execute(_PRODUCTS, [copies, WORDS])
        cursor.execute(_DOCUMENTS, [copies, WORDS])
        cursor.execute(_PICTURES)
        cursor.execute(_PHRASES)
        cursor.execute("UPDATE search_searchword SET documents_count = documents_count * %s", [copies])
        for table in ("catalogue_product", "catalogue_productpicture", "search_searchdocument", "search_searchword"):
            cursor.execute(f"ANALYZE {table}")
