"""The providers that the settings name and hold the keys of."""

from django.conf import settings
from django.utils.module_loading import import_string

from backend.payments.ports import PaymentProvider, offer_providers, register_provider
from backend.payments.providers.sandbox import SandboxProvider


def register_configured() -> None:
    """Make every provider known that has its keys, and offer those that the settings name.

    One that is known and not offered any more still takes messages and refunds of its old payments. The libraries of
    the real ones are loaded only where there are keys.
    """
    has_keys = [provider for provider in (_alipay(), _stripe()) if provider is not None]
    for provider in [*has_keys, _sandbox()]:
        register_provider(provider)
    ready = {provider.name for provider in has_keys} | ({"sandbox"} if settings.PROVIDER_SECRETS else set())
    offer_providers(name for name in settings.PAYMENT_PROVIDERS if name in ready)


def _sandbox() -> PaymentProvider:
    return SandboxProvider(
        url=settings.PROVIDER_URL, public_url=settings.PROVIDER_PUBLIC_URL, secrets=settings.PROVIDER_SECRETS
    )


def _stripe() -> PaymentProvider | None:
    if not settings.STRIPE_API_KEY or not settings.STRIPE_WEBHOOK_SECRETS:
        return None
    made: PaymentProvider = import_string("backend.payments.providers.stripe.StripeProvider")(
        api_key=settings.STRIPE_API_KEY,
        webhook_secrets=settings.STRIPE_WEBHOOK_SECRETS,
        api_url=settings.STRIPE_API_URL,
    )
    return made


def _alipay() -> PaymentProvider | None:
    if not (settings.ALIPAY_APP_ID and settings.ALIPAY_PRIVATE_KEY and settings.ALIPAY_PUBLIC_KEY):
        return None
    made: PaymentProvider = import_string("backend.payments.providers.alipay.AlipayProvider")(
        app_id=settings.ALIPAY_APP_ID,
        private_key=settings.ALIPAY_PRIVATE_KEY,
        public_key=settings.ALIPAY_PUBLIC_KEY,
        notify_url=f"{settings.SITE_URL}/payments/webhook/alipay",
        gateway=settings.ALIPAY_GATEWAY,
    )
    return made
