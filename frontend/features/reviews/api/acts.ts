/** What people do with reviews, questions and answers. */
import { graphql } from '@/shared/graphql'
import { AnswerParts, QuestionParts, ReviewParts } from './reviews'

export const WriteReviewMutation = graphql(`
  mutation WriteReview($input: WriteReviewInput!) {
    writeReview(input: $input) { review { id } errors { code message field details } }
  }
`)
export const EditReviewMutation = graphql(`
  mutation EditReview($input: EditReviewInput!) {
    editReview(input: $input) { review { ...ReviewParts } errors { code message field details } }
  }
`, [ReviewParts])
export const AppendReviewMutation = graphql(`
  mutation AppendReview($input: AppendReviewInput!) {
    appendReview(input: $input) { review { ...ReviewParts } errors { code message field details } }
  }
`, [ReviewParts])
export const DeleteReviewMutation = graphql(`
  mutation DeleteReview($input: DeleteReviewInput!) {
    deleteReview(input: $input) { review { id visibility } errors { code message field details } }
  }
`)
export const FindReviewHelpfulMutation = graphql(`
  mutation FindReviewHelpful($input: FindReviewHelpfulInput!) {
    findReviewHelpful(input: $input) { review { id helpfulCount isHelpful } errors { code message field details } }
  }
`)
export const ForgetReviewHelpfulMutation = graphql(`
  mutation ForgetReviewHelpful($input: ForgetReviewHelpfulInput!) {
    forgetReviewHelpful(input: $input) { review { id helpfulCount isHelpful } errors { code message field details } }
  }
`)
export const AskQuestionMutation = graphql(`
  mutation AskQuestion($input: AskQuestionInput!) {
    askQuestion(input: $input) { question { id visibility } errors { code message field details } }
  }
`)
export const AnswerQuestionMutation = graphql(`
  mutation AnswerQuestion($input: AnswerQuestionInput!) {
    answerQuestion(input: $input) { answer { id visibility } question { ...QuestionParts } errors { code message field details } }
  }
`, [QuestionParts])
export const AcceptAnswerMutation = graphql(`
  mutation AcceptAnswer($input: AcceptAnswerInput!) {
    acceptAnswer(input: $input) { question { ...QuestionParts } errors { code message field details } }
  }
`, [QuestionParts])
export const FindAnswerHelpfulMutation = graphql(`
  mutation FindAnswerHelpful($input: FindAnswerHelpfulInput!) {
    findAnswerHelpful(input: $input) { answer { ...AnswerParts } errors { code message field details } }
  }
`, [AnswerParts])
export const ForgetAnswerHelpfulMutation = graphql(`
  mutation ForgetAnswerHelpful($input: ForgetAnswerHelpfulInput!) {
    forgetAnswerHelpful(input: $input) { answer { ...AnswerParts } errors { code message field details } }
  }
`, [AnswerParts])
export const DeleteQuestionMutation = graphql(`
  mutation DeleteQuestion($input: DeleteQuestionInput!) {
    deleteQuestion(input: $input) { question { id visibility } errors { code message field details } }
  }
`)
export const DeleteAnswerMutation = graphql(`
  mutation DeleteAnswer($input: DeleteAnswerInput!) {
    deleteAnswer(input: $input) { answer { id visibility } errors { code message field details } }
  }
`)
