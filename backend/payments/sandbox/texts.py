# ruff: noqa: E501 - sentences stand in one piece.
"""The words of the pay page in three languages."""

WORDS = {
    "zh-Hans": {
        "lang": "zh-Hans", "name": "团子练习收银台", "note": "这是练习用的支付页，不会扣真钱。", "amount": "支付金额",
        "pay": "确认支付", "fail": "模拟支付失败", "cancel": "取消，返回商店", "failed": "支付没有成功",
        "failed_note": "没有扣款。可以再试一次，或者回到商店。", "again": "再试一次", "expired": "付款时间已过",
        "expired_note": "这笔订单的付款时间已经结束。回到商店可以重新下单。", "back": "返回商店",
        "broken": "链接无效", "broken_note": "这个支付链接不完整或被改动过。请从商店重新打开。",
        "hold_amount": "冻结金额", "hold": "确认冻结", "hold_note": "现在只冻结，成团后才扣款；没成团就解冻，不会扣钱。",
        "left": "剩余时间", "number": "流水号", "busy": "收银台正忙，请再试一次。", "safe": "签名链接 · 防篡改",
    },
    "zh-Hant": {
        "lang": "zh-Hant", "name": "團子練習收銀台", "note": "這是練習用的付款頁，不會扣真錢。", "amount": "付款金額",
        "pay": "確認付款", "fail": "模擬付款失敗", "cancel": "取消，返回商店", "failed": "付款沒有成功",
        "failed_note": "沒有扣款。可以再試一次，或者回到商店。", "again": "再試一次", "expired": "付款時間已過",
        "expired_note": "這筆訂單的付款時間已經結束。回到商店可以重新下單。", "back": "返回商店",
        "broken": "連結無效", "broken_note": "這個付款連結不完整或被更動過。請從商店重新開啟。",
        "hold_amount": "凍結金額", "hold": "確認凍結", "hold_note": "現在只凍結，成團後才扣款；沒成團就解凍，不會扣錢。",
        "left": "剩餘時間", "number": "流水號", "busy": "收銀台正忙，請再試一次。", "safe": "簽名連結 · 防竄改",
    },
    "en": {
        "lang": "en", "name": "Tuanzi practice checkout", "note": "A page to practise with. No real money moves.",
        "amount": "Amount to pay", "pay": "Pay now", "fail": "Pretend that it fails", "cancel": "Cancel, back to the shop",
        "failed": "The payment did not go through", "failed_note": "Nothing was taken. Try again, or go back to the shop.",
        "again": "Try again", "expired": "The time to pay is over",
        "expired_note": "This order can no longer be paid. Go back to the shop and order again.",
        "back": "Back to the shop", "broken": "This link does not work",
        "broken_note": "The payment link is incomplete or was changed. Open it again from the shop.",
        "hold_amount": "Amount to hold", "hold": "Hold this amount",
        "hold_note": "It is only held now, and taken when the group is full. If it does not fill, nothing is taken.",
        "left": "Time left", "number": "Reference", "busy": "The checkout is busy. Please try again.",
        "safe": "Signed link · tamper-proof",
    },
}  # fmt: skip


def words(locale: str) -> dict[str, str]:
    """The words of one language; simplified Chinese if the language is not known."""
    return WORDS.get(locale, WORDS["zh-Hans"])
