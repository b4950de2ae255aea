"""The tables of people. `User` stays thin: what another app knows of a person lives in that app."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from backend.core.ids import new_id
from backend.core.pictures.models import Picture


class Role(models.TextChoices):
    """What a person may be for the shop beyond a shopper."""

    MODERATOR = "moderator"
    SENIOR_MODERATOR = "senior_moderator"
    GROWTH = "growth"
    SUPPORT = "support"
    ADMIN = "admin"


class UserManager(BaseUserManager["User"]):
    """Finds people; accounts are made by `actions.sign_up`."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a person by email, whatever its case."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """One account: how it is reached and whether it is open."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(max_length=254, null=True, blank=True)
    phone = models.CharField(max_length=16, null=True, blank=True)
    phone_verified_at = models.DateTimeField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField()

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["email"], name="user_email_unique"),
            models.UniqueConstraint(fields=["phone"], name="user_phone_unique"),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_lower"),
            models.CheckConstraint(condition=models.Q(phone__regex=r"^\+[1-9][0-9]{5,14}$"), name="user_phone_e164"),
            models.CheckConstraint(condition=~models.Q(email="") & ~models.Q(phone=""), name="user_contact_not_empty"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_staff(self) -> bool:
        """Nobody uses Django's own admin."""
        return False

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Keep the email as the constraint wants it: lower case, or none."""
        self.email = self.email.lower() if self.email else None
        self.phone = self.phone or None
        super().save(*args, update_fields=update_fields, **kwargs)


class Profile(models.Model):
    """The public part of a person."""

    user = models.OneToOneField(User, primary_key=True, on_delete=models.PROTECT, related_name="+")
    display_name = models.CharField(max_length=24)
    avatar = models.ForeignKey(Picture, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    face = models.CharField(max_length=40)
    bio = models.CharField(max_length=160, blank=True, default="")
    locale = models.CharField(max_length=8, default="zh-Hans")
    is_listed = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(display_name=""), name="profile_has_name"),
            models.CheckConstraint(
                condition=models.Q(locale__in=["zh-Hans", "zh-Hant", "en"]), name="profile_locale_known"
            ),
        ]

    def __str__(self) -> str:
        return self.display_name


class Address(models.Model):
    """Where a person wants things sent. Orders keep a copy, so it may be changed and deleted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    phone = models.CharField(max_length=16)
    province = models.CharField(max_length=40)
    city = models.CharField(max_length=40)
    district = models.CharField(max_length=40, blank=True)
    line = models.CharField(max_length=120)
    region_code = models.CharField(max_length=6, blank=True, default="", db_default="")
    is_default = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=models.Q(is_default=True), name="address_one_default"),
        ]

    def __str__(self) -> str:
        return f"{self.city} {self.name}"


class RoleGrant(models.Model):
    """One role that a person holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role.choices)
    granted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="role_held_once"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class Follow(models.Model):
    """One person likes to hear of another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    follower = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    followee = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follower", "followee"], name="follow_once"),
            models.CheckConstraint(condition=~models.Q(follower=models.F("followee")), name="follow_another"),
        ]

    def __str__(self) -> str:
        return f"{self.follower_id} > {self.followee_id}"


class Block(models.Model):
    """One person wants to hear nothing of another; it works both ways."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    blocker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    blocked = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="block_once"),
            models.CheckConstraint(condition=~models.Q(blocker=models.F("blocked")), name="block_another"),
        ]

    def __str__(self) -> str:
        return f"{self.blocker_id} x {self.blocked_id}"


class Passkey(models.Model):
    """A key that a phone or computer keeps for a person; it signs after a look at face or finger.

    `sign_count` only grows. One whose count did not grow may have been copied: it is doubted and not believed again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    credential_id = models.CharField(max_length=1400)
    credential = models.BinaryField()
    sign_count = models.BigIntegerField()
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    doubted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["credential_id"], name="passkey_known_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="passkey_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Aim(models.TextChoices):
    """What a challenge is for."""

    ADD = "ADD"
    SIGN_IN = "SIGN_IN"
    PROVE = "PROVE"


class Challenge(models.Model):
    """A word that an authenticator signs, or a code that was sent instead: used once, for one thing, within minutes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    aim = models.CharField(max_length=8, choices=Aim.choices)
    about = models.CharField(max_length=80, blank=True, default="")
    word = models.CharField(max_length=64)
    code_digest = models.CharField(max_length=64, blank=True, default="")
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word"], name="challenge_word_once")]
        indexes = [models.Index(fields=["user", "made_at"], name="challenge_of_user")]

    def __str__(self) -> str:
        return f"{self.aim} {self.about}"


class Proof(models.Model):
    """That a person has just shown to be themselves, about one thing; it is used up by that thing."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=80)
    by_passkey = models.BooleanField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "about"], condition=models.Q(used_at=None), name="proof_to_use"),
        ]

    def __str__(self) -> str:
        return self.about


class ConfirmChoice(models.Model):
    """From which amount on a person with a passkey confirms a payment by store credit."""

    user = models.OneToOneField(User, primary_key=True, on_delete=models.PROTECT, related_name="+")
    from_minor = models.BigIntegerField()
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(from_minor__gte=0), name="confirm_choice_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.from_minor}"
