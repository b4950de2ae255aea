"""Migrations that were made before there was any data: locks and rewrites in them hurt nobody.

Every later migration is checked by the linter; nothing is added here after the first release.
"""

from __future__ import annotations

FIRST_RELEASE = [
    "0001_initial",
    "0002_initial",
    "0002_guards",
    "0002_default_tiers",
    "0002_keep_used_rules",
    "0001_flash_sales",
    "0002_documents_words_history",
    "0003_spend_points",
    "0006_reward_life_cycle",
    "0009_whose_reward",
    "0007_drop_old_tier_columns",
    "0004_no_typed_parcels",
]
