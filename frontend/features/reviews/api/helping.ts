/** Owners who help owners before something is sent back. */
import { graphql } from '@/shared/graphql'
import { AnswerParts } from './reviews'

export const OwnersAnswersQuery = graphql(`
  query OwnersAnswers($lineIds: [ID!]!, $reason: AfterSaleReason!) {
    ownersAnswers(lineIds: $lineIds, reason: $reason) { question questionId isSolved answer { ...AnswerParts } }
  }
`, [AnswerParts])
export const MarkSolvedMutation = graphql(`
  mutation MarkSolved($input: MarkSolvedInput!) {
    markSolved(input: $input) { answer { id solvedCount } errors { code message field details } }
  }
`)
