"""Every write about people, one function per thing a person would say aloud."""

from backend.accounts.actions.challenges import check_passkey, open_challenge, take_challenge
from backend.accounts.actions.keep_addresses import AddressText, delete_address, save_address
from backend.accounts.actions.keep_company import block_person, follow_person, unblock_person, unfollow_person
from backend.accounts.actions.keep_passkeys import add_passkey, choose_confirm_from, remove_passkey, rename_passkey
from backend.accounts.actions.manage_access import close_account, end_sessions, grant_role, withdraw_role
from backend.accounts.actions.prove import prove_by_code, prove_by_passkey, send_proof_code, use_proof
from backend.accounts.actions.sign_up import (
    enter_with_contact,
    forget_unproven,
    set_phone,
    sign_up,
    welcome,
    welcome_if_new,
)
from backend.accounts.actions.update_profile import ProfileChange, update_profile

__all__ = [
    "AddressText",
    "ProfileChange",
    "add_passkey",
    "block_person",
    "check_passkey",
    "choose_confirm_from",
    "close_account",
    "delete_address",
    "end_sessions",
    "enter_with_contact",
    "follow_person",
    "forget_unproven",
    "grant_role",
    "open_challenge",
    "prove_by_code",
    "prove_by_passkey",
    "remove_passkey",
    "rename_passkey",
    "save_address",
    "send_proof_code",
    "set_phone",
    "sign_up",
    "take_challenge",
    "unblock_person",
    "unfollow_person",
    "update_profile",
    "use_proof",
    "welcome",
    "welcome_if_new",
    "withdraw_role",
]
