"""Sign-in: django-allauth headless, by e-mail or phone with a code, or by password."""

from __future__ import annotations

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": "/signin?confirm={key}",
    "account_reset_password": "/signin?forgotten=1",
    "account_reset_password_from_key": "/signin?reset={key}",
    "account_signup": "/signin?new=1",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_ADAPTER = "backend.accounts.sign_in.adapter.PeopleAdapter"
ACCOUNT_USER_DISPLAY = "backend.accounts.sign_in.adapter.display_name"
ACCOUNT_SIGNUP_FORM_CLASS = "backend.accounts.sign_in.fields.ContactForm"
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
# The form above asks for an email or a phone number; allauth itself insists on the star.
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone", "password1"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_MIN_LENGTH = 8
# Every code is six digits, good for five minutes and five tries, and may be asked for again.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 300
ACCOUNT_PHONE_VERIFICATION_TIMEOUT = 300
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 300
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 300
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_PHONE_VERIFICATION_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# Counted in the shared cache, for all processes together.
ACCOUNT_RATE_LIMITS = {"verify_phone": "1/10s/key,20/m/ip", "request_login_code": "30/m/ip,5/m/key"}
# Who brings codes to people: called with channel, to, subject, body, html, is_secret, expires_at, now.
MESSAGE_SENDER = "backend.messaging.actions.queue_message"
USERSESSIONS_TRACK_ACTIVITY = True
