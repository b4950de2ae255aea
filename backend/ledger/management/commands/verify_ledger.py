"""The auditor: adds the book up again, asks the apps above to check theirs, and names each difference."""

from typing import Any

from django.core.management.base import BaseCommand

from backend.core import auditing
from backend.ledger.selectors import conservation, drifts, imbalances


class Command(BaseCommand):
    """Recompute the book and run the checks of upper apps; the exit code is 1 when anything differs."""

    help = "Recompute every balance and every transfer, print the differences, exit with 1 if there is one."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print what differs, then the conservation of cash."""
        differences = [
            f"account {drift.account_id} ({drift.kind}, owner {drift.owner_id or 'the shop'}):"
            f" keeps {drift.kept}, its postings sum to {drift.computed} {drift.unit}"
            for drift in drifts()
        ]
        differences += [
            f"transfer {wrong.transfer_id}: {wrong.legs_count} legs leave {wrong.left_over} {wrong.unit or ''}".rstrip()
            for wrong in imbalances()
        ]
        cash = conservation()
        if cash["difference"]:
            differences.append(f"cash is not conserved: {cash['difference']} fen are unaccounted for")
        differences += auditing.differences()
        for difference in differences:
            self.stderr.write(difference)
        self.stdout.write(", ".join(f"{name} {amount}" for name, amount in cash.items()))
        if differences:
            self.stderr.write(f"{len(differences)} differences")
            raise SystemExit(1)
        self.stdout.write("The ledger adds up.")
        self.stdout.write(f"So do the books of: {', '.join(auditing.audit_names())}.")
