"""Three different people look at a product's content before shoppers do."""

import pytest
from django.db import IntegrityError, transaction

from backend.catalogue.actions import (
    decide_revision,
    discard_revision,
    save_revision,
    submit_revision,
    withdraw_revision,
    write_product,
)
from backend.catalogue.errors import (
    CheckedAlready,
    NothingChanged,
    OwnWork,
    ProductIncomplete,
    ReasonMissing,
    RevisionClosed,
    RevisionOutdated,
    SkuTaken,
    SlugTaken,
)
from backend.catalogue.models import Product, ProductRevision, ProductState, RevisionDecision, Variant
from backend.catalogue.selectors.content import current_content
from backend.core.errors import InvalidInput, NotFound
from backend.core.ids import new_id
from backend.core.models import OutboxEvent
from backend.core.state_log import moves_of
from backend.messaging.models import Notification
from tests.factories.accounts import make_grower
from tests.factories.catalogue import NOON, make_product
from tests.factories.merchandise import make_content

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return [make_grower(name) for name in ("Edith", "One", "Two", "Three")]


def handed_in(author, **content):
    revision = write_product(slug="honey", content=make_content(**content), author_id=author.id, now=NOON)
    return submit_revision(revision_id=revision.id, author_id=author.id, now=NOON)


def decide(revision, decider, verdict="APPROVED", reason=""):
    revision.refresh_from_db()
    return decide_revision(
        revision_id=revision.id,
        seen_state=revision.state,
        decider_id=decider.id,
        verdict=verdict,
        reason=reason,
        now=NOON,
    )


def test_three_approvals_by_three_people_put_a_product_on_the_shelf(people):
    author, *checkers = people
    revision = handed_in(author)

    states = [decide(revision, checker).state for checker in checkers]

    product = Product.objects.get(slug="honey")
    assert states == ["SECOND_CHECK", "FINAL_APPROVAL", "PUBLISHED"]
    assert product.state == ProductState.PUBLISHED
    assert product.price_minor == 5900
    assert OutboxEvent.objects.filter(name="ProductPublished").count() == 1
    assert [move.to_state for move in moves_of(entity_type="product_revision", entity_id=revision.id)] == [
        "DRAFT",
        "FIRST_CHECK",
        "SECOND_CHECK",
        "FINAL_APPROVAL",
        "PUBLISHED",
    ]


def test_a_draft_is_not_on_the_shelf_before_the_third_approval(people):
    author, one, two, _three = people
    revision = handed_in(author)

    decide(revision, one)
    decide(revision, two)

    assert Product.objects.get(slug="honey").state == ProductState.DRAFT


def test_shoppers_see_a_change_only_when_three_people_agreed(people):
    author, *checkers = people
    product = make_product()
    content = {**current_content(product.id), "title": {"zh-Hans": "新", "zh-Hant": "新", "en": "New"}}
    revision = save_revision(product_id=product.id, content=content, author_id=author.id, now=NOON)
    submit_revision(revision_id=revision.id, author_id=author.id, now=NOON)
    before = Product.objects.get(pk=product.pk).title["en"]

    for checker in checkers:
        decide(revision, checker)

    assert before != "New"
    assert Product.objects.get(pk=product.pk).title["en"] == "New"


def test_nobody_checks_their_own_work(people):
    author = people[0]
    revision = handed_in(author)

    with pytest.raises(OwnWork):
        decide(revision, author)

    assert not RevisionDecision.objects.exists()


def test_nobody_makes_two_of_the_three_checks(people):
    author, one, *_rest = people
    revision = handed_in(author)
    decide(revision, one)

    with pytest.raises(CheckedAlready):
        decide(revision, one)

    assert RevisionDecision.objects.count() == 1


def test_whoever_wrote_on_it_is_an_author_too(people):
    author, helper, *_rest = people
    revision = write_product(slug="honey", content=make_content(), author_id=author.id, now=NOON)
    save_revision(product_id=revision.product_id, content=revision.content, author_id=helper.id, now=NOON)
    submit_revision(revision_id=revision.id, author_id=author.id, now=NOON)

    with pytest.raises(OwnWork):
        decide(revision, helper)


def test_the_database_keeps_the_same_rules(people):
    author, one, *_rest = people
    revision = handed_in(author)
    row = {
        "revision": revision,
        "round": 1,
        "decided_by": one,
        "submitted_by": author,
        "verdict": "APPROVED",
        "reason": "",
        "at": NOON,
    }
    RevisionDecision.objects.create(level=1, **row)

    for broken in ({"level": 2}, {"level": 2, "decided_by": author}, {"level": 4, "decided_by": people[2]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RevisionDecision.objects.create(**{**row, **broken})
    with pytest.raises(IntegrityError), transaction.atomic():
        ProductRevision.objects.create(product_id=revision.product_id, content={}, started_at=NOON, changed_at=NOON)


def test_a_refusal_goes_back_with_its_reason_and_the_next_round_begins_anew(people, deliver_outbox):
    author, one, two, _three = people
    revision = handed_in(author)
    decide(revision, one)

    decide(revision, two, verdict="REFUSED", reason="The weight is missing.")
    deliver_outbox()
    revision.refresh_from_db()
    state = revision.state
    again = submit_revision(revision_id=revision.id, author_id=author.id, now=NOON)

    assert state == "RETURNED"
    assert "The weight is missing." in str(Notification.objects.get(user=author).params)
    assert (again.state, again.round) == ("FIRST_CHECK", 2)
    assert decide(revision, one).state == "SECOND_CHECK"


def test_a_refusal_without_a_reason_is_refused(people):
    revision = handed_in(people[0])

    with pytest.raises(ReasonMissing):
        decide(revision, people[1], verdict="REFUSED", reason="  ")

    assert not RevisionDecision.objects.exists()


def test_a_decision_on_what_was_not_on_the_screen_is_refused(people):
    author, one, two, _three = people
    revision = handed_in(author)
    decide(revision, one)

    with pytest.raises(RevisionOutdated):
        decide_revision(
            revision_id=revision.id, seen_state="FIRST_CHECK", decider_id=two.id, verdict="APPROVED", now=NOON
        )

    assert RevisionDecision.objects.count() == 1


def test_what_is_in_review_is_not_edited_until_it_is_withdrawn(people):
    author = people[0]
    revision = handed_in(author)

    with pytest.raises(RevisionClosed):
        save_revision(product_id=revision.product_id, content=revision.content, author_id=author.id, now=NOON)
    withdraw_revision(revision_id=revision.id, author_id=author.id, now=NOON)

    assert (
        save_revision(product_id=revision.product_id, content=revision.content, author_id=author.id, now=NOON).state
        == "DRAFT"
    )


def test_two_editors_do_not_overwrite_each_other(people):
    author, other, *_rest = people
    revision = write_product(slug="honey", content=make_content(), author_id=author.id, now=NOON)
    seen_at = revision.changed_at
    later = NOON.replace(hour=5)
    save_revision(
        product_id=revision.product_id, content=revision.content, author_id=other.id, seen_at=seen_at, now=later
    )

    with pytest.raises(RevisionOutdated):
        save_revision(
            product_id=revision.product_id, content=revision.content, author_id=author.id, seen_at=seen_at, now=later
        )


def test_the_same_content_is_not_reviewed(people):
    product = make_product()
    revision = save_revision(
        product_id=product.id, content=current_content(product.id), author_id=people[0].id, now=NOON
    )

    with pytest.raises(NothingChanged):
        submit_revision(revision_id=revision.id, author_id=people[0].id, now=NOON)


def test_what_is_missing_keeps_a_draft_from_review(people):
    revision = write_product(slug="honey", content=make_content(pictures=[]), author_id=people[0].id, now=NOON)

    with pytest.raises(ProductIncomplete):
        submit_revision(revision_id=revision.id, author_id=people[0].id, now=NOON)

    revision.refresh_from_db()
    assert (revision.state, revision.round) == ("DRAFT", 0)


def test_a_discarded_revision_changes_nothing_and_makes_room(people):
    product = make_product()
    content = {**current_content(product.id), "subtitle": {"en": "Else"}}
    revision = save_revision(product_id=product.id, content=content, author_id=people[0].id, now=NOON)

    discard_revision(revision_id=revision.id, author_id=people[0].id, now=NOON)
    again = save_revision(product_id=product.id, content=content, author_id=people[0].id, now=NOON)

    assert again.id != revision.id
    assert Product.objects.get(pk=product.pk).subtitle["en"] != "Else"


def test_a_variant_that_is_gone_is_no_longer_offered_but_stays_for_its_orders(people):
    author, *checkers = people
    product = make_product(variants=2)
    content = current_content(product.id)
    content["variants"] = content["variants"][1:]
    revision = save_revision(product_id=product.id, content=content, author_id=author.id, now=NOON)
    submit_revision(revision_id=revision.id, author_id=author.id, now=NOON)

    for checker in checkers:
        decide(revision, checker)

    offered = Variant.objects.filter(product=product).order_by("sku").values_list("is_offered", flat=True)
    assert list(offered) == [False, True]
    assert Product.objects.get(pk=product.pk).price_minor == 6990


def test_review_does_not_bring_back_an_old_price(people):
    author, *checkers = people
    product = make_product()
    content = current_content(product.id)
    content["variants"][0]["price_minor"] = 1
    content["subtitle"] = {"en": "Else"}
    revision = save_revision(product_id=product.id, content=content, author_id=author.id, now=NOON)
    submit_revision(revision_id=revision.id, author_id=author.id, now=NOON)

    for checker in checkers:
        decide(revision, checker)

    assert Variant.objects.get(product=product).price_minor == 5990


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"category_id": str(new_id())}, InvalidInput),
        ({"category_id": "no"}, InvalidInput),
        ({"brand_id": str(new_id())}, InvalidInput),
        ({"title": {"fr": "Miel"}}, InvalidInput),
        ({"title": {"en": "x" * 121}}, InvalidInput),
        ({"title": "Honey"}, InvalidInput),
        ({"variants": [{"sku": "jar", "price_minor": -1}]}, InvalidInput),
        ({"variants": [{"sku": "jar", "price_minor": 10**12}]}, InvalidInput),
        ({"variants": [{"sku": "jar", "price_minor": 1.5}]}, InvalidInput),
        ({"variants": [{"sku": "taken-0", "price_minor": 1}]}, SkuTaken),
        ({"pictures": [{"picture_id": str(new_id())}]}, InvalidInput),
        ({"media": [{"file_id": str(new_id())}]}, InvalidInput),
        (
            {"reports": [{"file_id": str(new_id()), "issuer": "SGS", "number": "1", "issued_on": "2026-01-01"}]},
            InvalidInput,
        ),
        ({"surprise": 1}, InvalidInput),
        ({"options": [{"key": "size", "choices": []}]}, InvalidInput),
        ({"facts": [{"name": 1}]}, InvalidInput),
    ],
)
def test_content_that_cannot_stand_writes_nothing(people, changes, refused):
    make_product(slug="taken")

    with pytest.raises(refused):
        write_product(slug="honey", content=make_content(**changes), author_id=people[0].id, now=NOON)

    assert not Product.objects.filter(slug="honey").exists()
    assert not ProductRevision.objects.exists()


def test_an_address_is_given_once(people):
    make_product(slug="honey")

    with pytest.raises(SlugTaken):
        write_product(slug="honey", content=make_content(), author_id=people[0].id, now=NOON)


def test_what_is_not_there_is_not_found(people):
    for act in (submit_revision, withdraw_revision, discard_revision):
        with pytest.raises(NotFound):
            act(revision_id=new_id(), author_id=people[0].id, now=NOON)
    with pytest.raises(NotFound):
        save_revision(product_id=new_id(), content=make_content(), author_id=people[0].id, now=NOON)
