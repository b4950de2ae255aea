"""Every write to the shop window."""

from backend.catalogue.actions.files import store_file
from backend.catalogue.actions.imports import import_catalogue, read_next_piece
from backend.catalogue.actions.prices import (
    change_price,
    drop_old_reference_prices,
    note_paid_prices,
    set_reference_price,
)
from backend.catalogue.actions.products import (
    carry_over_content,
    count_sales,
    create_product,
    publish_product,
    retire_product,
    set_opening_figures,
    set_rating,
)
from backend.catalogue.actions.reports import answer_report, report_information
from backend.catalogue.actions.revisions import (
    decide_revision,
    discard_revision,
    save_revision,
    submit_revision,
    withdraw_revision,
    write_product,
)
from backend.catalogue.actions.shelves import (
    change_category,
    create_category,
    define_attribute,
    put_up_banner,
    remove_attribute,
    save_brand,
)

__all__ = [
    "answer_report",
    "carry_over_content",
    "change_category",
    "change_price",
    "count_sales",
    "create_category",
    "create_product",
    "decide_revision",
    "define_attribute",
    "discard_revision",
    "drop_old_reference_prices",
    "import_catalogue",
    "note_paid_prices",
    "publish_product",
    "put_up_banner",
    "read_next_piece",
    "remove_attribute",
    "report_information",
    "retire_product",
    "save_brand",
    "save_revision",
    "set_opening_figures",
    "set_rating",
    "set_reference_price",
    "store_file",
    "submit_revision",
    "withdraw_revision",
    "write_product",
]
