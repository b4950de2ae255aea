"""The providers that the settings name and hold the keys of."""

from datetime import timedelta

from django.conf import settings
from django.utils.module_loading import import_string

from backend.core import clock
from backend.payments.ports import PaymentProvider, TransferTerms, offer_providers, register_provider
from backend.payments.providers.sandbox import SandboxProvider
from backend.payments.providers.transfer import TransferProvider


def register_configured() -> None:
    """Make every provider known that has its keys, and offer those that the settings name.

    One that is known and not offered any more still takes messages and refunds of its old payments. The libraries of
    the real ones are loaded only where there are keys.
    """
    has_keys = [provider for provider in (_alipay(), *_wechat(), _stripe(), _transfer()) if provider is not None]
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


def _wechat() -> list[PaymentProvider]:
    """Two ways of one merchant: in any browser, and inside WeChat where there is the secret of the app.

    WeChat's public keys are several while they change: `serial:key`, with commas between.
    """
    public_keys = dict(each.split(":", 1) for each in settings.WECHAT_PAY_PUBLIC_KEYS)
    own = (settings.WECHAT_PAY_APP_ID, settings.WECHAT_PAY_MERCHANT_ID, settings.WECHAT_PAY_PRIVATE_KEY)
    if not (all(own) and settings.WECHAT_PAY_SERIAL and settings.WECHAT_PAY_API_KEY and public_keys):
        return []
    keys = import_string("backend.payments.providers.wechat_keys.WechatKeys")(
        private_key=settings.WECHAT_PAY_PRIVATE_KEY,
        serial=settings.WECHAT_PAY_SERIAL,
        api_key=settings.WECHAT_PAY_API_KEY,
        public_keys=public_keys,
        now=clock.now,
    )
    merchant = {
        "app_id": settings.WECHAT_PAY_APP_ID,
        "merchant_id": settings.WECHAT_PAY_MERCHANT_ID,
        "keys": keys,
        "api_url": settings.WECHAT_PAY_API_URL,
    }
    notify_url = f"{settings.SITE_URL}/payments/webhook/wechat"
    made: list[PaymentProvider] = [
        import_string("backend.payments.providers.wechat.WechatProvider")(**merchant, notify_url=notify_url)
    ]
    if settings.WECHAT_PAY_APP_SECRET:
        inside = import_string("backend.payments.providers.wechat_inside.WechatInsideProvider")
        made.append(inside(**merchant, notify_url=f"{notify_url}_inside", app_secret=settings.WECHAT_PAY_APP_SECRET))
    return made


def _transfer() -> PaymentProvider | None:
    if not (settings.TRANSFER_HOLDER and settings.TRANSFER_NUMBER and settings.TRANSFER_BANK):
        return None
    return TransferProvider(
        TransferTerms(
            holder=settings.TRANSFER_HOLDER,
            number=settings.TRANSFER_NUMBER,
            bank=settings.TRANSFER_BANK,
            code=settings.TRANSFER_BANK_CODE,
            from_minor=settings.TRANSFER_FROM_MINOR,
            within=timedelta(days=settings.TRANSFER_WITHIN_DAYS),
        )
    )
