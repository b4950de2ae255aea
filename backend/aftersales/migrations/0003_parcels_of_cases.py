"""Replacements that wait or are on their way become pieces to resend and parcels of their own."""

from django.db import migrations

ASKER = "after_sale"
REASONS = {"EXCHANGE": "EXCHANGE", "REPAIR": "REPAIR", "MISSING_OR_WRONG": "REPLACEMENT"}


def make_parcels(apps, schema_editor):
    """Each case that owes a piece gets its row; what has left gets the parcel that was typed in."""
    cases = apps.get_model("aftersales", "AfterSaleCase").objects.exclude(remedy="REFUND")
    shipments = apps.get_model("fulfilment", "Shipment").objects
    lines_of = apps.get_model("aftersales", "CaseLine").objects.select_related("order_line")
    for case in cases.filter(state__in=["APPROVED", "ACCEPTED", "RESHIPPING"], type__in=REASONS):
        if case.remedy == "REPAIR" and case.state != "RESHIPPING":
            continue
        moved = apps.get_model("aftersales", "CaseEvent").objects.filter(case=case, to_state=case.state).latest("at").at
        resend = apps.get_model("fulfilment", "Resend").objects.create(
            order_id=case.order_id,
            asker_kind=ASKER,
            asker_id=case.pk,
            asker_number=case.number,
            reason=REASONS[case.type],
            asked_at=moved,
        )
        pieces = [
            apps.get_model("fulfilment", "ResendLine").objects.create(
                resend=resend,
                line_id=line.order_line_id,
                variant_id=line.wanted_variant_id or line.order_line.variant_id,
                quantity=line.quantity,
            )
            for line in lines_of.filter(case=case)
        ]
        if case.state != "RESHIPPING":
            continue
        carrier, number = case.out_carrier[:30] or "own", case.out_tracking
        if shipments.filter(carrier=carrier, tracking_number=number).exists():
            number = ""
        parcel = shipments.create(
            order_id=case.order_id,
            resend=resend,
            position=1 + shipments.filter(order_id=case.order_id).count(),
            state="SHIPPED",
            carrier=carrier,
            tracking_number=number,
            packed_at=moved,
            shipped_at=moved,
        )
        for piece in pieces:
            apps.get_model("fulfilment", "ShipmentLine").objects.create(
                shipment=parcel, line_id=piece.line_id, resend_line=piece, quantity=piece.quantity
            )


def write_numbers_back(apps, schema_editor):
    """Carrier and number stand on the case again; the rows of fulfilment go with its own migration."""
    parcels = (
        apps.get_model("fulfilment", "Shipment").objects.filter(resend__asker_kind=ASKER).exclude(state="CANCELLED")
    )
    for parcel in parcels.select_related("resend"):
        apps.get_model("aftersales", "AfterSaleCase").objects.filter(pk=parcel.resend.asker_id).update(
            out_carrier=parcel.carrier, out_tracking=parcel.tracking_number
        )


class Migration(migrations.Migration):
    dependencies = [("aftersales", "0002_history_stays"), ("fulfilment", "0004_pieces_within_asked")]

    operations = [migrations.RunPython(make_parcels, write_numbers_back)]
