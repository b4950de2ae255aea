/** What the shop keeps of reviews: those to answer, questions that wait, what is praised less, the lexicon. */
import { graphql } from '@/shared/graphql'
import { QuestionParts, ReviewParts } from './reviews'

export const ReviewDeskQuery = graphql(`
  query ReviewDesk($first: Int!, $after: String, $show: ReviewShelf) {
    reviewDesk(first: $first, after: $after, show: $show) { edges { node { ...ReviewParts } } pageInfo { hasNextPage endCursor } }
  }
`, [ReviewParts])
export const UnansweredQuery = graphql(`
  query Unanswered($first: Int!, $after: String) {
    unansweredQuestions(first: $first, after: $after) { edges { node { ...QuestionParts product { id slug title } } } pageInfo { hasNextPage endCursor } }
  }
`, [QuestionParts])
export const SparedQuery = graphql(`query Spared { sparedCases { helped spared } }`)
export const FallingAspectsQuery = graphql(`
  query FallingAspects { fallingAspects { productId productSlug productTitle key name mentions mentionsBefore share shareBefore } }
`)
export const LexiconQuery = graphql(`
  query Lexicon($first: Int!, $after: String, $aspect: String) {
    aspectWords(first: $first, after: $after, aspect: $aspect) { edges { node { word aspect polarity } } pageInfo { hasNextPage endCursor } }
  }
`)
export const AspectsQuery = graphql(`query Aspects { aspects { key name } }`)
export const AnswerReviewMutation = graphql(`
  mutation AnswerReview($input: AnswerReviewInput!) {
    answerReview(input: $input) { review { id reply { id body at } } errors { code message field details } }
  }
`)
export const SaveAspectWordMutation = graphql(`
  mutation SaveAspectWord($input: SaveAspectWordInput!) {
    saveAspectWord(input: $input) { aspectWord { word aspect polarity } errors { code message field details } }
  }
`)
