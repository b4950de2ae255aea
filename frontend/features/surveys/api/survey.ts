/** The questions that a person is asked about a delivery. */
import { graphql, type FragmentOf } from '@/shared/graphql'

export const SurveyParts = graphql(`
  fragment SurveyParts on Survey {
    id
    title
    orderId
    orderNumber
    closesAt
    isOpen
    isAnswered
    points
    questions { key kind text }
  }
`)
export type SurveyFacts = FragmentOf<typeof SurveyParts>

export const SurveyQuery = graphql(
  `
  query Survey($id: ID!) {
    survey(id: $id) { ...SurveyParts }
  }
`,
  [SurveyParts],
)

export const OrderSurveyQuery = graphql(`
  query OrderSurvey($orderId: ID!) {
    orderSurvey(orderId: $orderId) { id title isOpen isAnswered points }
  }
`)

export const OpenSurveyMutation = graphql(`
  mutation OpenSurvey($input: OpenSurveyInput!) {
    openSurvey(input: $input) { survey { id } errors { code message field details } }
  }
`)

export const AnswerSurveyMutation = graphql(`
  mutation AnswerSurvey($input: AnswerSurveyInput!) {
    answerSurvey(input: $input) { survey { id isAnswered } errors { code message field details } }
  }
`)
