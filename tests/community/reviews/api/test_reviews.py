"""Reviews through the API, as nobody, stranger, owner and staff."""

from datetime import timedelta

import pytest

from backend.core import clock
from backend.core.ids import new_id
from tests.factories.accounts import make_person as make_staff
from tests.factories.aftersales import ARRIVED
from tests.factories.catalogue import make_picture, make_product
from tests.factories.orders import make_buyer
from tests.factories.reviews import WORDS, WRITTEN, make_answer, make_question, make_received_line, make_review
from tests.support.api import Api
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db

WRITE = """mutation ($input: WriteReviewInput!) { writeReview(input: $input) {
  review { id stars body isMine canEdit pictures { src } product { slug } } errors { code field message } } }"""
ANSWER = """mutation ($input: AnswerReviewInput!) { answerReview(input: $input) {
  review { reply { body } } errors { code } } }"""
HELPFUL = """mutation ($input: FindReviewHelpfulInput!) { findReviewHelpful(input: $input) {
  review { helpfulCount isHelpful } errors { code } } }"""
LIST = """query ($product: ID!, $stars: [Int!], $pictures: Boolean, $sort: ReviewSort) {
  reviewSummary(productId: $product) { count average averageWithHeld heldCount picturesCount videosCount appendedCount
    sizeHint { says count }
    stars { stars count } aspects { key name good bad } fits { fit count } }
  reviews(productId: $product, stars: $stars, withPictures: $pictures, sort: $sort) { edges { node {
    id stars body authorName author { id name } optionTitle pictures { id src }
    video { state url poster { src } } reply { body } isHelpful isMine points
    waitingFor appendedPictures { src } product { title } usedDays moderationNotice { statement } } } } }"""
TASKS = """query ($order: ID) { reviewTasks(orderId: $order) { edges { node {
  lineId title canReview asksFit review { stars } picture { src } } } } }"""
QUESTIONS = """query ($product: ID!) { questions(productId: $product) { edges { node { body answersCount canAnswer
  author { name } answers { body isOfficial isBuyer isAccepted isHelpful author { name } } } } } }"""
ASK = """mutation ($input: AskQuestionInput!) { askQuestion(input: $input) {
  question { id body isMine } errors { code field } } }"""
REPLY = """mutation ($input: AnswerQuestionInput!) { answerQuestion(input: $input) {
  answer { isOfficial } question { answersCount } errors { code } } }"""
DESK = """{ reviewDesk { edges { node { body } } } unansweredQuestions { edges { node { body } } }
  fallingAspects { key } aspectWords(first: 5) { edges { node { word } } } }"""


@pytest.fixture(autouse=True)
def _later():
    with clock.frozen(WRITTEN + timedelta(hours=1)):
        yield


def draft(line, **changes):
    return {"lineId": str(line.pk), "stars": 5, "body": WORDS, "idempotencyKey": str(new_id())} | changes


def test_a_buyer_reviews_through_the_api():
    bob = make_buyer("Bob")
    line, picture = make_received_line(buyer=bob), make_picture(owner_id=bob.id)

    payload = Api(bob).payload(WRITE, input=draft(line, pictureIds=[str(picture.id)], fit="TRUE"))

    assert payload["errors"] == []
    assert (payload["review"]["isMine"], payload["review"]["canEdit"]) == (True, True)
    assert len(payload["review"]["pictures"]) == 1


def test_nobody_must_sign_in_and_a_stranger_finds_nothing():
    line = make_received_line()

    codes = [
        Api(viewer).payload(WRITE, input=draft(line))["errors"][0]["code"] for viewer in (None, make_buyer("Mallory"))
    ]

    assert codes == ["SIGN_IN_REQUIRED", "NOT_FOUND"]


def test_a_nameless_review_shows_no_name_and_no_person():
    product = make_product()
    make_review(product=product, author=make_buyer("Bobby"), is_anonymous=True)

    shown = Api(make_buyer("Carol"))(LIST, product=str(product.pk))["reviews"]["edges"][0]["node"]

    assert (shown["authorName"], shown["author"]) == ("B***", None)


def test_the_page_of_a_product_sums_up_and_filters():
    product, bob = make_product(), make_buyer("Bob")
    make_review(product=product, stars=1, body="质量太差，第一天就坏了。")
    make_review(product=product, author=bob, picture_ids=[make_picture(owner_id=bob.id).id])

    everything = Api()(LIST, product=str(product.pk))
    few = Api()(LIST, product=str(product.pk), stars=[5], pictures=True, sort="NEW")

    summary = everything["reviewSummary"]
    assert (summary["count"], summary["average"], summary["picturesCount"]) == (2, 3.0, 1)
    assert [row["count"] for row in summary["stars"]] == [1, 0, 0, 0, 1]
    assert {row["key"] for row in summary["aspects"]} >= {"quality"}
    assert [edge["node"]["stars"] for edge in few["reviews"]["edges"]] == [5]


def test_only_the_author_reads_what_waits_and_why():
    product, bob = make_product(), make_buyer("Bob")
    make_review(product=product, author=bob, body=f"{WORDS}加微信 tuanzi888")

    own = Api(bob)(LIST, product=str(product.pk))["reviews"]["edges"]
    others = Api()(LIST, product=str(product.pk))["reviews"]["edges"]

    assert len(own[0]["node"]["waitingFor"]) == 1
    assert others == []


def test_staff_answer_and_buyers_do_not():
    review = make_review()
    answer = {"reviewId": str(review.pk), "body": "谢谢你。"}

    refused = Api(make_buyer("Mallory")).payload(ANSWER, input=answer)
    given = Api(make_staff("Sue", roles=("support",))).payload(ANSWER, input=answer)

    assert refused["errors"][0]["code"] == "NOT_ALLOWED"
    assert given["review"]["reply"]["body"] == "谢谢你。"


def test_helpful_answers_the_new_count():
    review = make_review()

    payload = Api(make_buyer("Carol")).payload(HELPFUL, input={"reviewId": str(review.pk)})

    assert payload["review"] == {"helpfulCount": 1, "isHelpful": True}


def test_an_order_shows_which_lines_wait_for_a_review():
    bob = make_buyer("Bob")
    line = make_received_line(buyer=bob)
    before = Api(bob)(TASKS, order=str(line.order_id))["reviewTasks"]["edges"]
    make_review(author=bob, line=line)

    after = Api(bob)(TASKS, order=str(line.order_id))["reviewTasks"]["edges"]

    assert (before[0]["node"]["canReview"], before[0]["node"]["review"]) == (True, None)
    assert (after[0]["node"]["canReview"], after[0]["node"]["review"]["stars"]) == (False, 5)
    assert Api(bob)(TASKS)["reviewTasks"]["edges"] == []
    assert Api(make_buyer("Mallory"))(TASKS, order=str(line.order_id))["reviewTasks"]["edges"] == []


def test_questions_and_answers_through_the_api():
    product, bob = make_product(), make_buyer("Bob")
    make_received_line(buyer=bob, product=product)
    asked = Api(make_buyer("Carol")).payload(
        ASK, input={"productId": str(product.pk), "body": "会掉色吗？", "idempotencyKey": str(new_id())}
    )["question"]
    reply = {"questionId": asked["id"], "body": "不会。", "idempotencyKey": str(new_id())}

    stranger = Api(make_buyer("Mallory")).payload(REPLY, input=reply)
    buyer = Api(bob).payload(REPLY, input=reply)
    official = Api(make_staff("Sue", roles=("support",))).payload(
        REPLY, input={**reply, "idempotencyKey": str(new_id())}
    )

    assert stranger["errors"][0]["code"] == "ONLY_BUYERS_ANSWER"
    assert (buyer["answer"]["isOfficial"], official["answer"]["isOfficial"]) == (False, True)
    shown = Api()(QUESTIONS, product=str(product.pk))["questions"]["edges"][0]["node"]
    assert [answer["isOfficial"] for answer in shown["answers"]] == [True, False]
    assert shown["answers"][0]["author"] is None


def test_the_desk_is_for_staff():
    make_review(stars=1, body="质量太差，第一天就坏了。")

    shown = Api(make_staff("Sue", roles=("support",)))(DESK)

    assert [edge["node"]["body"] for edge in shown["reviewDesk"]["edges"]] == ["质量太差，第一天就坏了。"]
    assert set(Api(make_buyer()).codes(DESK)) == {"NOT_ALLOWED"}


def test_a_long_page_costs_no_more_statements():
    product, carol = make_product(stock=20), make_buyer("Carol")
    for _ in range(2):
        make_review(product=product)
    few = queries_of(lambda: Api(carol)(LIST, product=str(product.pk)))
    for _ in range(10):
        make_review(product=product)

    assert queries_of(lambda: Api(carol)(LIST, product=str(product.pk))) == few


def test_many_questions_cost_no_more_statements():
    product, carol = make_product(), make_buyer("Carol")
    for _ in range(2):
        make_answer(make_question(product=product))
    few = queries_of(lambda: Api(carol)(QUESTIONS, product=str(product.pk)))
    for _ in range(8):
        make_answer(make_question(product=product))

    assert queries_of(lambda: Api(carol)(QUESTIONS, product=str(product.pk))) == few


def test_many_lines_cost_no_more_statements():
    bob = make_buyer("Bob")
    with clock.frozen(ARRIVED + timedelta(days=1)):
        for _ in range(2):
            make_received_line(buyer=bob)
        few = queries_of(lambda: Api(bob)(TASKS))
        for _ in range(6):
            make_received_line(buyer=bob)

        assert queries_of(lambda: Api(bob)(TASKS)) == few
