"""The terms of a coupon that was started are kept by the database as they were; only limits and ends may move."""

from django.db import migrations

TERMS = (
    "id", "way", "benefit", "threshold_minor", "scope", "audience", "stack_class", "combines_with", "refund_policy",
    "returns_when_cancelled", "grace_days", "use_from", "valid_days", "limit_bps", "priority", "started_at",
)  # fmt: skip
KEEP = f"""
CREATE FUNCTION promotions_keep_coupon_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'coupon template % has been started and stays', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    IF ({", ".join(f"NEW.{name}" for name in TERMS)}) IS DISTINCT FROM ({", ".join(f"OLD.{name}" for name in TERMS)}) THEN
        RAISE EXCEPTION 'coupon template % has been started and its terms stay', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER promotions_keep_coupon_terms BEFORE UPDATE OR DELETE ON promotions_coupontemplate
    FOR EACH ROW WHEN (OLD.started_at IS NOT NULL) EXECUTE FUNCTION promotions_keep_coupon_terms();
"""
FORGET = """
DROP TRIGGER promotions_keep_coupon_terms ON promotions_coupontemplate;
DROP FUNCTION promotions_keep_coupon_terms();
"""


class Migration(migrations.Migration):
    dependencies = [("promotions", "0003_coupons_and_uses")]

    operations = [migrations.RunSQL(KEEP, FORGET)]
