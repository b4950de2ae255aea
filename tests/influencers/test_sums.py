"""The arithmetic of commissions and of identity."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.influencers.models import CreatorTier, ProgrammeTerms
from referrals.influencers.rules import bank_file, identity, sealing, sums
from referrals.influencers.rules.disclosure import TAG
from tests.factories.catalogue import NOON

TERMS = ProgrammeTerms(version=1, tax_bps=1300, return_days=7, extra_days=2)


def test_base_is_what_was_paid_without_the_tax_inside_it():
    assert sums.base_of(11_300, tax_bps=1300) == 10_000


def test_a_commission_is_rounded_down():
    assert sums.commission_of(9_999, bps=1) == 0
    assert sums.commission_of(10_001, bps=999) == 999


@given(paid=st.integers(1, 10**9), bps=st.integers(0, 10_000), tax=st.integers(0, 3_000), back=st.integers(0, 10**9))
def test_what_is_left_never_leaves_its_bounds(paid, bps, tax, back):
    amount = sums.commission_of(sums.base_of(paid, tax_bps=tax), bps=bps)

    kept = sums.kept_of(paid_minor=paid, refunded_minor=back, tax_bps=tax, bps=bps, amount_minor=amount)

    assert 0 <= kept <= amount <= paid
    assert kept == amount if back == 0 else kept <= amount
    assert kept == 0 or back < paid


@given(totals=st.lists(st.integers(0, 10**7), min_size=1, max_size=5), other=st.integers(-100, 10**8), data=st.data())
def test_refunds_that_name_no_line_are_shared_out_and_never_exceed_a_line(totals, other, data):
    counted = [data.draw(st.integers(0, total)) for total in totals]

    parts = sums.refunds_per_line(totals=totals, counted=counted, other_minor=other, shipping_minor=500)

    assert all(before <= part <= total for before, part, total in zip(counted, parts, totals, strict=True))
    assert sum(parts) - sum(counted) == max(0, min(other, sum(totals) - sum(counted)))


def test_a_commission_is_earned_two_days_after_the_return_window():
    assert sums.vests_at(delivered_at=NOON, terms=TERMS) == NOON + timedelta(days=9)


@pytest.mark.parametrize(
    ("gross", "withheld"),
    [(80_000, 0), (80_100, 20), (400_000, 64_000), (400_100, 64_016), (3_000_000, 520_000), (10_000_000, 2_500_000)],
)
def test_income_tax_is_withheld_by_steps(gross, withheld):
    assert sums.withheld_of(gross, is_individual=True) == withheld
    assert sums.withheld_of(gross, is_individual=False) == 0


def test_a_level_asks_for_sales_few_returns_and_few_complaints():
    assert sums.tier_for(sales_minor=3_000_000, return_bps=1_800, complaint_bps=500) == CreatorTier.STAR
    assert sums.tier_for(sales_minor=3_000_000, return_bps=1_801, complaint_bps=500) == CreatorTier.GROWING
    assert sums.tier_for(sales_minor=99_000_000, return_bps=9_000, complaint_bps=0) == CreatorTier.SEED


def test_the_birthday_stands_in_the_number_and_a_slip_of_the_finger_is_seen():
    assert identity.born_on("11010519491231002X") == date(1949, 12, 31)
    assert identity.born_on("110105194912310021") is None
    assert identity.born_on("11010519491331002X") is None
    assert identity.is_adult(date(2008, 11, 22), today=date(2026, 11, 22))
    assert not identity.is_adult(date(2008, 11, 23), today=date(2026, 11, 22))


def test_what_is_sealed_opens_again_also_with_an_older_key(settings):
    sealed = sealing.seal("6225880212345678")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]

    assert b"6225" not in sealed
    assert sealing.unseal(sealed) == "6225880212345678"


@pytest.mark.parametrize("text", ["#广告 好用", "看看 #合作", "＃廣告", "new pot #Ad.", "#sponsored\nwow"])
def test_these_posts_say_that_they_are_advertising(text):
    assert TAG.search(text)


@pytest.mark.parametrize("text", ["广告", "#广告位出租", "#ads", "#合作社", "没有标签"])
def test_these_do_not(text):
    assert not TAG.search(text)


def test_no_cell_of_the_bank_file_becomes_a_formula():
    row = bank_file.PaymentRow(
        reference="=1+1", name="@SUM(A1)", bank="+86", account="-1", net_minor=123_456, note="\tx"
    )

    text = bank_file.write_payments([row])

    assert text.splitlines()[1] == "'=1+1,'@SUM(A1),'+86,'-1,1234.56,CNY,'\tx"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "reference,amount\nA,1",
        "reference,amount,result,reason\nA,1.00,MAYBE,",
        "reference,amount,result,reason\nA,1.001,PAID,",
        "reference,amount,result,reason\nA,-1,PAID,",
        "reference,amount,result,reason\nA,1,PAID,\nA,1,PAID,",
    ],
)
def test_a_result_file_that_is_not_right_is_refused_as_a_whole(text):
    with pytest.raises(bank_file.Unreadable):
        bank_file.read_results(text)
