"""Passkeys and proofs, as the API shows them and takes them."""

from datetime import datetime
from typing import Any

import graphene

from backend.accounts import errors
from backend.accounts.actions import (
    add_passkey,
    choose_confirm_from,
    open_challenge,
    prove_by_code,
    prove_by_passkey,
    remove_passkey,
    rename_passkey,
    send_proof_code,
)
from backend.accounts.authenticators import ask_to_make, ask_to_sign
from backend.accounts.models import Aim
from backend.accounts.rules import SECURITY, about_payment
from backend.accounts.schema.types import ViewerType
from backend.accounts.selectors import confirm_from, own_account, passkeys_of
from backend.core.graphql import (
    JSON,
    DateTime,
    MoneyType,
    Mutation,
    ObjectType,
    RequestFacts,
    Viewer,
    extend,
    object_field,
    signed_in,
)


class PasskeyType(ObjectType):
    """A key that one of the viewer's devices keeps."""

    id = graphene.ID(required=True, description="The passkey's id.")
    name = graphene.String(required=True, description="What the viewer calls it.")
    made_at = DateTime(required=True, description="Since when it is kept.")
    used_at = DateTime(description="When it was used last.")
    is_doubted = object_field(
        graphene.Boolean,
        lambda row, info: row.doubted_at is not None,
        required=True,
        description="Whether there may be a copy of it; then it is not taken any more.",
    )


class ChallengeType(ObjectType):
    """A question for an authenticator."""

    id = graphene.ID(required=True, description="The challenge's id.")
    options = JSON(required=True, description="What the browser passes to `navigator.credentials`.")


extend(
    ViewerType,
    passkeys=object_field(
        graphene.List(graphene.NonNull(PasskeyType)),
        lambda root, info: passkeys_of(root["id"]),
        required=True,
        personal=True,
        size=10,
        description="Their passkeys, the oldest first.",
    ),
    confirm_from=object_field(
        MoneyType,
        lambda root, info: confirm_from(root["id"]),
        personal=True,
        description="From which amount on they confirm what store credit pays; empty without a passkey.",
    ),
)


class StartPasskey(Mutation):
    """Begin to add a passkey."""

    class Input:
        name = graphene.String(description="What the device lists the account as; else email or phone.")

    permission = signed_in
    challenge = graphene.Field(ChallengeType, description="What to ask the authenticator.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Make the question."""
        made = open_challenge(user_id=viewer.id, aim=Aim.ADD, now=now)
        account = own_account(viewer.id)
        contact = (account["email"] or account["phone"]) if account else None
        name = (input.name or contact or "Tuanzi")[:60]
        known = [bytes(each.credential) for each in passkeys_of(viewer.id)]
        options = ask_to_make(word=made.word, user_id=viewer.id.bytes, name=name, known=known)
        return {"challenge": {"id": made.id, "options": options}}


class AddPasskey(Mutation):
    """Keep the passkey that the authenticator made; a further one needs a fresh proof."""

    class Input:
        challenge_id = graphene.ID(required=True, description="The challenge.")
        answer = JSON(required=True, description="What `navigator.credentials.create` gave.")
        name = graphene.String(required=True, description="What to call it.")

    errors = (
        errors.ChallengeOver,
        errors.PasskeyRefused,
        errors.PasskeyKnown,
        errors.PasskeyLimitReached,
        errors.ProofNeeded,
    )
    permission = signed_in
    passkey = graphene.Field(PasskeyType, description="The passkey.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Keep it."""
        passkey = add_passkey(
            user_id=viewer.id, challenge_id=input.challenge_id, answer=input.answer, name=input.name, now=now
        )
        return {"passkey": passkey}


class RenamePasskey(Mutation):
    """Call a passkey something else."""

    class Input:
        id = graphene.ID(required=True, description="The passkey.")
        name = graphene.String(required=True, description="Its new name.")

    permission = signed_in
    passkey = graphene.Field(PasskeyType, description="The passkey.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Rename it."""
        return {"passkey": rename_passkey(user_id=viewer.id, passkey_id=input.id, name=input.name)}


class RemovePasskey(Mutation):
    """Forget a passkey, after a fresh proof."""

    class Input:
        id = graphene.ID(required=True, description="The passkey.")

    errors = (errors.ProofNeeded,)
    permission = signed_in
    removed_id = graphene.ID(description="The passkey that is gone.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Forget it."""
        return {"removed_id": remove_passkey(user_id=viewer.id, passkey_id=input.id, now=now)}


class ChooseConfirmFrom(Mutation):
    """Say from which amount on paying with store credit is confirmed, after a fresh proof."""

    class Input:
        amount_minor = graphene.Int(required=True, description="The amount in fen; zero means always.")

    errors = (errors.ProofNeeded,)
    permission = signed_in
    confirm_from = graphene.Field(MoneyType, description="The amount.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Note it."""
        return {
            "confirm_from": choose_confirm_from(user_id=viewer.id, amount_minor=input.amount_minor, now=now).from_minor
        }


class StartProof(Mutation):
    """Begin to show that one is oneself: about one payment, or about one's own security."""

    class Input:
        quote_hash = graphene.String(description="The price that is to be paid; empty for one's own security.")

    permission = signed_in
    challenge = graphene.Field(ChallengeType, description="What to ask the authenticator.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Make the question."""
        about = about_payment(input.quote_hash) if input.quote_hash else SECURITY
        made = open_challenge(user_id=viewer.id, aim=Aim.PROVE, about=about, now=now)
        known = [bytes(each.credential) for each in passkeys_of(viewer.id) if each.doubted_at is None]
        return {"challenge": {"id": made.id, "options": ask_to_sign(word=made.word, known=known)}}


class ProveByPasskey(Mutation):
    """Show that one is oneself by what an authenticator signed."""

    class Input:
        challenge_id = graphene.ID(required=True, description="The challenge.")
        answer = JSON(required=True, description="What `navigator.credentials.get` gave.")

    errors = (errors.ChallengeOver, errors.PasskeyRefused, errors.PasskeyDoubted)
    permission = signed_in
    until = DateTime(description="Until when the proof can be used.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Check it."""
        proof = prove_by_passkey(user_id=viewer.id, challenge_id=input.challenge_id, answer=input.answer, now=now)
        return {"until": proof.expires_at}


class SendProofCode(Mutation):
    """Send a code to phone or mailbox instead."""

    class Input:
        challenge_id = graphene.ID(required=True, description="The challenge.")

    errors = (errors.ChallengeOver, errors.NowhereToSend)
    permission = signed_in
    sent_to = graphene.String(description="Where it went, half hidden.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Send it."""
        return {"sent_to": send_proof_code(user_id=viewer.id, challenge_id=input.challenge_id, now=now)}


class ProveByCode(Mutation):
    """Show that one is oneself by the code that was sent."""

    class Input:
        challenge_id = graphene.ID(required=True, description="The challenge.")
        code = graphene.String(required=True, description="The code.")

    errors = (errors.ChallengeOver, errors.CodeWrong)
    permission = signed_in
    until = DateTime(description="Until when the proof can be used.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Check it."""
        proof = prove_by_code(user_id=viewer.id, challenge_id=input.challenge_id, code=input.code, now=now)
        return {"until": proof.expires_at}


class SecurityMutations:
    """Mutations about one's own security."""

    start_passkey = StartPasskey.field()
    add_passkey = AddPasskey.field()
    rename_passkey = RenamePasskey.field()
    remove_passkey = RemovePasskey.field()
    choose_confirm_from = ChooseConfirmFrom.field()
    start_proof = StartProof.field()
    prove_by_passkey = ProveByPasskey.field()
    send_proof_code = SendProofCode.field()
    prove_by_code = ProveByCode.field()
