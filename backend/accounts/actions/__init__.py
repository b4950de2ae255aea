"""Every write about people, one function per thing a person would say aloud."""

from backend.accounts.actions.keep_addresses import AddressText, delete_address, save_address
from backend.accounts.actions.keep_company import block_person, follow_person, unblock_person, unfollow_person
from backend.accounts.actions.manage_access import close_account, end_sessions, grant_role, withdraw_role
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
    "block_person",
    "close_account",
    "delete_address",
    "end_sessions",
    "enter_with_contact",
    "follow_person",
    "forget_unproven",
    "grant_role",
    "save_address",
    "set_phone",
    "sign_up",
    "unblock_person",
    "unfollow_person",
    "update_profile",
    "welcome",
    "welcome_if_new",
    "withdraw_role",
]
