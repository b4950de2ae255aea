"""An invoice as a PDF, in the shop's typeface."""

from functools import cache
from pathlib import Path

from django.conf import settings
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from backend.checkout.models import Invoice, InvoiceKind

NAMES = {InvoiceKind.INVOICE: "电子发票 Invoice", InvoiceKind.CREDIT_NOTE: "红字发票 Credit note"}
COLUMNS = ((78, "项目 Item", "L"), (16, "数量", "R"), (32, "金额", "R"), (32, "优惠", "R"), (32, "价税合计", "R"))


@cache
def _font_file() -> str:
    folder = Path(settings.FRONTEND_MODULES) / "@expo-google-fonts" / "noto-sans-sc" / "400Regular"
    return str(folder / "NotoSansSC_400Regular.ttf")


def draw_invoice(invoice: Invoice, *, order_number: str) -> bytes:
    """The bytes of the document. The same invoice gives the same words and sums whenever it is drawn."""
    page = FPDF(format="A4")
    page.set_margin(10)
    page.add_page()
    page.add_font("Noto", fname=_font_file())
    page.set_creation_date(invoice.issued_at)
    page.set_title(invoice.number)
    page.set_font("Noto", size=20)
    page.cell(0, 14, NAMES[InvoiceKind(invoice.kind)], align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    page.set_font("Noto", size=10)
    for text in _head(invoice, order_number=order_number):
        page.cell(0, 7, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    page.ln(3)
    _table(page, invoice)
    page.set_font("Noto", size=12)
    page.cell(0, 12, f"合计 Total  {_yuan(invoice.total_minor)}", align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    return bytes(page.output())


def _head(invoice: Invoice, *, order_number: str) -> list[str]:
    buyer = f"购买方 Buyer: {invoice.title}"
    return [
        f"号码 Number: {invoice.number}",
        f"开票日期 Date: {invoice.issued_at:%Y-%m-%d}",
        f"订单 Order: {order_number}",
        buyer,
        *([f"纳税人识别号 Tax number: {invoice.tax_number}"] if invoice.tax_number else []),
        f"销售方 Seller: {settings.SHOP_LEGAL_NAME}",
    ]


def _table(page: FPDF, invoice: Invoice) -> None:
    page.set_fill_color(250, 242, 235)
    for width, name, align in COLUMNS:
        page.cell(width, 9, name, border=1, align=align, fill=True)
    page.ln()
    for line in invoice.lines:
        title = f"{line['title'].get('zh-Hans', '')} {line['option'].get('zh-Hans', '')}".strip()
        while page.get_string_width(title) > COLUMNS[0][0] - 4:
            title = title[:-2] + "…"
        sums = [str(line["quantity"]), *(_yuan(line[key]) for key in ("full_minor", "off_minor", "total_minor"))]
        for (width, _name, align), text in zip(COLUMNS, [title, *sums], strict=True):
            page.cell(width, 9, text, border=1, align=align)
        page.ln()


def _yuan(minor: int) -> str:
    sign = "-" if minor < 0 else ""
    return f"{sign}¥{abs(minor) // 100}.{abs(minor) % 100:02d}"
