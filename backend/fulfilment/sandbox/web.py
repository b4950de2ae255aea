# ruff: noqa: E501 - the lines of a page are as long as its elements.
"""The addresses of the sandbox: the API that the shop asks, and the knobs. Every value on the page is escaped."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from backend.core.sandbox.doors import alive, html, knob_fields, refused_call, table, turn_knobs
from backend.fulfilment.carriers.signing import api_key
from backend.fulfilment.sandbox.configuration import Configuration
from backend.fulfilment.sandbox.store import ParcelRefused, Store

KNOB_TEXTS = {
    "late": ("Late", "Send every webhook this many seconds later (0 to 100)."),
    "duplicate": ("Duplicate", "Send this many extra copies of each webhook."),
    "shuffle": ("Out of order", "1: wait a random time of up to 20 seconds, so that webhooks overtake one another."),
    "lost": ("Lost", "Never send this many of 100 webhooks; the shop has to ask."),
    "exception": ("Exception", "This many of 100 parcels are held up, refused at the door, or come back."),
    "failure": ("Failure rate", "Refuse this many of 100 calls of the shop with status 503."),
}
STYLE = """body{font:14px/1.6 system-ui,sans-serif;background:#fffaf5;color:#1e1916;margin:0}main{max-width:960px;margin:32px auto;padding:0 20px}
h1{font-size:22px}h2{font-size:16px;margin-top:28px}label{display:grid;grid-template-columns:140px 1fr 90px;gap:12px;align-items:center;padding:8px 0;border-bottom:1px solid #efe6dd}
small{color:#675d56}input{font:inherit;padding:6px 8px;border:1px solid #dfd2c5;border-radius:8px}button{margin-top:12px;font:inherit;border:0;border-radius:999px;padding:10px 24px;background:#c93a17;color:#fff}
table{width:100%;border-collapse:collapse;background:#fff;border-radius:12px}th,td{text-align:left;padding:6px 10px;border-bottom:1px solid #efe6dd;font-size:12px}"""


class Sandbox:
    """Two carriers: their memory and how they answer."""

    def __init__(self, store: Store, configuration: Configuration) -> None:
        self.store = store
        self.configuration = configuration

    async def accept(self, request: Request) -> Response:
        """Take a parcel under the key of the shop."""
        if (refused := self._check_key(request)) is not None:
            return refused
        try:
            taken = self.store.accept(key=request.headers.get("Idempotency-Key", ""), wanted=await request.json())
        except (ValueError, KeyError, TypeError):
            return JSONResponse({"problem": "this cannot be read"}, 400)
        except ParcelRefused as problem:
            return JSONResponse({"problem": str(problem)}, 409)
        return JSONResponse({"tracking": taken["tracking"]})

    async def track(self, request: Request) -> Response:
        """Tell the shop what a parcel has done so far."""
        if (refused := self._check_key(request)) is not None:
            return refused
        found = self.store.events_so_far(**request.path_params)
        return JSONResponse({"problem": "unknown"}, 404) if found is None else JSONResponse({"events": found})

    async def knobs(self, request: Request) -> Response:
        """Show or turn the knobs."""
        return await turn_knobs(request, self.store) if request.method == "POST" else html(self._page())

    def _page(self) -> str:
        turns = knob_fields(self.store.knobs(), KNOB_TEXTS)
        parcels = table(self.store.recent("parcel"), ("tracking", "carrier", "order_number", "trouble"))
        sent = table(self.store.recent("delivery", 24), ("event_id", "carrier", "attempts", "answer", "done"))
        return (
            '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="robots" content="noindex">'
            f"<title>Carriers to practise with</title><style>{STYLE}</style><main><h1>Carriers to practise with</h1>"
            f"<p><small>A day passes in {86_400 / self.configuration.speed:,.0f} seconds.</small></p>"
            f'<form method="post" action="/knobs">{turns}<button>Turn</button></form>'
            f"<h2>Parcels</h2>{parcels}<h2>Webhooks</h2>{sent}</main></html>"
        )

    def _check_key(self, request: Request) -> Response | None:
        return refused_call(request, keys=map(api_key, self.configuration.secrets), store=self.store)


def application(store: Store, configuration: Configuration) -> Starlette:
    """The sandbox as an ASGI application."""
    sandbox = Sandbox(store, configuration)
    return Starlette(
        routes=[
            Route("/parcels", sandbox.accept, methods=["POST"]),
            Route("/parcels/{carrier}/{tracking}", sandbox.track, methods=["GET"]),
            Route("/knobs", sandbox.knobs, methods=["GET", "POST"]),
            Route("/livez", alive, methods=["GET"]),
        ]
    )
