"""The book: accounts, transfers and their postings.

Triggers in the migrations keep what a constraint cannot: postings are only ever added, together with their
transfer, and sum to zero per unit; the balance of an account moves with its postings and in no other way.
"""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from backend.core.ids import new_id


class Account(models.Model):
    """One pot of one unit. Money received makes a source go below zero and a pot of the shop or a person grow."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=40)
    owner_id = models.UUIDField(null=True, blank=True)
    unit = models.CharField(max_length=3)
    balance = models.BigIntegerField(default=0)
    may_go_negative = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "owner_id", "unit"], nulls_distinct=False, name="ledger_one_account_per_owner"
            ),
            models.CheckConstraint(
                condition=Q(may_go_negative=True) | Q(balance__gte=0), name="ledger_account_not_overdrawn"
            ),
        ]
        indexes = [models.Index(F("owner_id"), name="ledger_account_of_owner", condition=Q(owner_id__isnull=False))]

    def __str__(self) -> str:
        return f"{self.kind} {self.owner_id or ''} {self.balance} {self.unit}"


class Transfer(models.Model):
    """One movement between accounts, with its cause and the rule version that computed it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=60)
    source_type = models.CharField(max_length=60)
    source_id = models.CharField(max_length=100)
    sequence = models.IntegerField(default=0)
    event_id = models.UUIDField(null=True, blank=True)
    rule_version = models.CharField(max_length=100, blank=True)
    memo = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source_type", "source_id", "sequence"], name="ledger_one_transfer_per_cause"
            ),
        ]
        indexes = [models.Index(fields=["source_type", "source_id"], name="ledger_transfer_of_source")]

    def __str__(self) -> str:
        return f"{self.kind} for {self.source_type} {self.source_id}"


class Posting(models.Model):
    """One leg of a transfer: so much into an account, or out of it when below zero."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "id"], name="ledger_statement"),
            models.CheckConstraint(condition=~Q(amount=0), name="ledger_posting_moves_something"),
        ]

    def __str__(self) -> str:
        return f"{self.amount:+d}"
