/** Reviews of a product, what they sum up to, and what waits for one. */
import { graphql, type FragmentOf } from '@/shared/graphql'

export const ReviewParts = graphql(`
  fragment ReviewParts on Review {
    id stars body fit optionTitle authorName isAnonymous isMine isRefunded createdAt editedAt usedDays visibility
    appendedBody appendedAt appendedAfterDays helpfulCount isHelpful waitingFor canAppend canEdit points isOverLimit
    author { id name face isSelf }
    pictures { id src avif webp width height blur }
    video { id state problem url seconds width height poster { src avif webp width height blur } }
    appendedPictures { id src avif webp width height blur }
    reply { id body at }
    product { id slug title picture { src avif webp width height blur } }
  }
`)
export type Review = FragmentOf<typeof ReviewParts>

export const SummaryParts = graphql(`
  fragment SummaryParts on ReviewSummary {
    count average picturesCount videosCount appendedCount heldCount averageWithHeld
    stars { stars count }
    fits { fit count }
    sizeHint { says count voices fromReviews fromReturns asOf }
    aspects { key name good bad }
  }
`)
export type Summary = FragmentOf<typeof SummaryParts>

export const AnswerParts = graphql(`
  fragment AnswerParts on Answer {
    id body isOfficial isBuyer isAccepted isMine helpfulCount solvedCount isHelpful visibility createdAt
    author { id name face isSelf }
  }
`)
export const QuestionParts = graphql(`
  fragment QuestionParts on Question {
    id body topic answersCount isMine canAnswer visibility createdAt
    author { id name face isSelf }
    answers { ...AnswerParts }
  }
`, [AnswerParts])
export type Question = FragmentOf<typeof QuestionParts>
export type Answer = FragmentOf<typeof AnswerParts>

/** What the page of a product shows below its words. */
export const ProductVoicesQuery = graphql(`
  query ProductVoices($id: ID!) {
    reviewSummary(productId: $id) { ...SummaryParts }
    reviews(productId: $id, first: 3) { edges { node { ...ReviewParts } } }
    questions(productId: $id, first: 2) { edges { node { ...QuestionParts } } }
  }
`, [SummaryParts, ReviewParts, QuestionParts])

export const ReviewedProductQuery = graphql(`
  query ReviewedProduct($slug: String!) {
    product(slug: $slug) { id slug title variants { id title } picture { src avif webp width height blur } }
  }
`)
export const SummaryQuery = graphql(`
  query ReviewSummaryOf($id: ID!) { reviewSummary(productId: $id) { ...SummaryParts } }
`, [SummaryParts])
export const ReviewsQuery = graphql(`
  query Reviews($id: ID!, $first: Int!, $after: String, $sort: ReviewSort, $stars: [Int!], $withPictures: Boolean, $withVideo: Boolean, $appended: Boolean, $variantId: ID, $aspect: String, $polarity: Int) {
    reviews(productId: $id, first: $first, after: $after, sort: $sort, stars: $stars, withPictures: $withPictures, withVideo: $withVideo, appended: $appended, variantId: $variantId, aspect: $aspect, polarity: $polarity) {
      edges { node { ...ReviewParts } }
      pageInfo { hasNextPage endCursor }
    }
  }
`, [ReviewParts])
export const ReviewPageQuery = graphql(`
  query ReviewPage($id: ID!) { review(id: $id) { ...ReviewParts moderationNotice { actionLabel policy statement howToAppeal } } }
`, [ReviewParts])

export const TaskParts = graphql(`
  fragment TaskParts on ReviewTask {
    lineId orderId productSlug title optionTitle receivedAt until canReview asksFit
    picture { src avif webp width height blur }
    review { id stars canAppend }
  }
`)
export type Task = FragmentOf<typeof TaskParts>
export const ReviewTasksQuery = graphql(`
  query ReviewTasks($first: Int!, $after: String, $orderId: ID) {
    reviewTasks(first: $first, after: $after, orderId: $orderId) {
      edges { node { ...TaskParts } }
      pageInfo { hasNextPage endCursor }
    }
  }
`, [TaskParts])
export const MyReviewsQuery = graphql(`
  query MyReviews($first: Int!, $after: String) {
    myReviews(first: $first, after: $after) { edges { node { ...ReviewParts } } pageInfo { hasNextPage endCursor } }
  }
`, [ReviewParts])

export const QuestionsQuery = graphql(`
  query Questions($id: ID!, $first: Int!, $after: String) {
    questions(productId: $id, first: $first, after: $after) {
      edges { node { ...QuestionParts } }
      pageInfo { hasNextPage endCursor }
    }
  }
`, [QuestionParts])
export const QuestionPageQuery = graphql(`
  query QuestionPage($id: ID!) {
    question(id: $id) { ...QuestionParts product { id slug title picture { src avif webp width height blur } } }
  }
`, [QuestionParts])

