"""Let what is indexed already be found by its shelf and attributes, as what is written down anew is."""

from django.db import migrations

ADD = """
UPDATE search_searchdocument document SET head = head || added.words, everything = everything || added.words
FROM (
    SELECT held.id, string_agg(quote_literal(held.word) || ':1B', ' ')::tsvector AS words
    FROM (
        SELECT id, 'shelf:' || unnest(categories) AS word FROM search_searchdocument
        UNION SELECT id, 'has:' || unnest(attributes) FROM search_searchdocument) held
    GROUP BY held.id) added
WHERE added.id = document.id"""
TAKE = """
UPDATE search_searchdocument SET
    head = ts_delete(head, (SELECT coalesce(array_agg(word), '{}') FROM unnest(
        ARRAY(SELECT 'shelf:' || unnest(categories)) || ARRAY(SELECT 'has:' || unnest(attributes))) AS held(word))),
    everything = ts_delete(everything, (SELECT coalesce(array_agg(word), '{}') FROM unnest(
        ARRAY(SELECT 'shelf:' || unnest(categories)) || ARRAY(SELECT 'has:' || unnest(attributes))) AS held(word)))"""


class Migration(migrations.Migration):
    dependencies = [("search", "0007_associations")]

    operations = [migrations.RunSQL(ADD, TAKE)]
