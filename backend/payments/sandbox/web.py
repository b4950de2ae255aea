"""The addresses of the sandbox: the pay page, the API that the shop asks, and the knobs."""

import asyncio
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from backend.core.sandbox.doors import HEADERS, alive, html, refused_call, turn_knobs
from backend.payments.providers.signing import api_key, is_link_signed
from backend.payments.sandbox.configuration import Configuration
from backend.payments.sandbox.pages import closed_page, failed_page, knobs_page, pay_page
from backend.payments.sandbox.store import DONE, CaptureRefused, RefundRefused, Store
from backend.payments.sandbox.texts import words

FIELDS = ("reference", "amount", "currency", "subject", "expires", "return", "locale", "hold")
LONGER_THAN_THE_SHOP_WAITS = 8.0


class Sandbox:
    """One provider: its memory and how it answers."""

    def __init__(self, store: Store, configuration: Configuration) -> None:
        self.store = store
        self.configuration = configuration

    async def show(self, request: Request) -> Response:
        """Show the pay page of a signed link."""
        return self._for_buyer(dict(request.query_params))

    async def decide(self, request: Request) -> Response:
        """Do what the buyer pressed."""
        form = dict(parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True))
        pressed = form.pop("do", "")
        if (page := self._refusal(form)) is not None:
            return page
        fields = {name: form[name] for name in FIELDS}
        known: dict[str, Any] = {
            "reference": fields["reference"],
            "amount": int(fields["amount"]),
            "currency": fields["currency"],
            "subject": fields["subject"],
        }
        if pressed == "fail":
            self.store.fail(**known)
            return html(failed_page(fields, again=f"/pay?{urlencode(form)}"))
        if pressed == "pay":
            if self.store.stumbles():
                alert = words(fields["locale"])["busy"]
                return html(pay_page(fields, signature=form["sign"], alert=alert), 503)
            self.store.pay(**known, is_hold=fields["hold"] == "1")
        return RedirectResponse(fields["return"], status_code=303, headers=HEADERS)

    async def payment(self, request: Request) -> Response:
        """Tell the shop what became of a payment."""
        if (refused := self._check_key(request)) is not None:
            return refused
        return _json_or_404(self.store.payment(request.path_params["reference"]))

    async def capture(self, request: Request) -> Response:
        """Take money that is held."""
        return await self._end_hold(request, self.store.capture)

    async def void(self, request: Request) -> Response:
        """Release money that is held."""
        return await self._end_hold(request, self.store.void)

    async def refund(self, request: Request) -> Response:
        """Tell the shop what became of a refund."""
        if (refused := self._check_key(request)) is not None:
            return refused
        return _json_or_404(self.store.refund(request.path_params["key"]))

    async def make_refund(self, request: Request) -> Response:
        """Send money back under the key of the shop."""
        if (refused := self._check_key(request)) is not None:
            return refused
        key = request.headers.get("Idempotency-Key", "")
        try:
            wanted = await request.json()
            made = self.store.make_refund(key=key, reference=str(wanted["reference"]), amount=int(wanted["amount"]))
        except (ValueError, KeyError, TypeError):
            return JSONResponse({"problem": "this cannot be read"}, 400)
        except RefundRefused as problem:
            return JSONResponse({"problem": str(problem)}, 409)
        if self.store.knobs()["timeout"]:
            await asyncio.sleep(LONGER_THAN_THE_SHOP_WAITS)
        return JSONResponse(made)

    async def knobs(self, request: Request) -> Response:
        """Show or turn the knobs."""
        if request.method == "POST":
            return await turn_knobs(request, self.store)
        page = knobs_page(
            self.store.knobs(),
            payments=self.store.recent("payment"),
            refunds=self.store.recent("refund"),
            deliveries=self.store.recent("delivery"),
        )
        return html(page)

    async def statement(self, request: Request) -> Response:
        """Give the statement file."""
        headers = {"Content-Disposition": 'attachment; filename="sandbox-statement.csv"'}
        return Response(self.store.statement(), media_type="text/csv", headers=headers)

    async def _end_hold(self, request: Request, end: Callable[[str], dict[str, Any]]) -> Response:
        """Do it, and then say nothing in time if the knob says so."""
        if (refused := self._check_key(request)) is not None:
            return refused
        try:
            made = end(request.path_params["reference"])
        except CaptureRefused as problem:
            return JSONResponse({"problem": str(problem)}, 409)
        if self.store.knobs()["timeout"]:
            await asyncio.sleep(LONGER_THAN_THE_SHOP_WAITS)
        return JSONResponse(made)

    def _for_buyer(self, form: dict[str, str]) -> Response:
        if (page := self._refusal(form)) is not None:
            return page
        fields = {name: form[name] for name in FIELDS}
        paid = self.store.payment(fields["reference"])
        if paid and paid["state"] in DONE:
            return RedirectResponse(fields["return"], status_code=303, headers=HEADERS)
        return html(pay_page(fields, signature=form["sign"]))

    def _refusal(self, form: dict[str, str]) -> Response | None:
        """The page for a link that is forged, broken or too old."""
        fields = {name: form.get(name, "") for name in FIELDS}
        is_ours = is_link_signed(fields, form.get("sign", ""), secrets=self.configuration.secrets)
        if not is_ours or not fields["amount"].isdigit() or not fields["expires"].isdigit():
            return html(closed_page(fields["locale"], what="broken"), 400)
        paid = self.store.payment(fields["reference"])
        if int(fields["expires"]) <= time.time() and not (paid and paid["state"] in DONE):
            return html(closed_page(fields["locale"], what="expired", back=fields["return"]), 410)
        return None

    def _check_key(self, request: Request) -> Response | None:
        return refused_call(request, keys=map(api_key, self.configuration.secrets), store=self.store)


def application(store: Store, configuration: Configuration) -> Starlette:
    """The sandbox as an ASGI application."""
    sandbox = Sandbox(store, configuration)
    return Starlette(
        routes=[
            Route("/pay", sandbox.show, methods=["GET"]),
            Route("/pay", sandbox.decide, methods=["POST"]),
            Route("/payments/{reference}", sandbox.payment, methods=["GET"]),
            Route("/payments/{reference}/capture", sandbox.capture, methods=["POST"]),
            Route("/payments/{reference}/void", sandbox.void, methods=["POST"]),
            Route("/refunds", sandbox.make_refund, methods=["POST"]),
            Route("/refunds/{key}", sandbox.refund, methods=["GET"]),
            Route("/knobs", sandbox.knobs, methods=["GET", "POST"]),
            Route("/statement.csv", sandbox.statement, methods=["GET"]),
            Route("/livez", alive, methods=["GET"]),
        ]
    )


def _json_or_404(row: dict[str, Any] | None) -> Response:
    return JSONResponse({"problem": "unknown"}, 404) if row is None else JSONResponse(row)
