/** What people say of deliveries. */
import { graphql, type FragmentOf } from '@/shared/graphql'

export const ShareParts = graphql(`
  fragment ShareParts on SurveyShare {
    count
    value
    low
    high
    isTooFew
  }
`)
export type ShareFacts = FragmentOf<typeof ShareParts>

export const SurveyRowParts = graphql(
  `
  fragment SurveyRowParts on SurveyRow {
    name
    change
    share { ...ShareParts }
    before { ...ShareParts }
    means { key mean }
  }
`,
  [ShareParts],
)
export type SurveyRowFacts = FragmentOf<typeof SurveyRowParts>

export const SurveyReportQuery = graphql(
  `
  query SurveyReport($weeks: Int!) {
    surveyReport(weeks: $weeks) {
      weeks
      invitedCount
      answeredCount
      leftOut { fault count }
      questions { key text }
      total { ...SurveyRowParts }
      carriers { ...SurveyRowParts }
      provinces { ...SurveyRowParts }
      byWeek { week share { ...ShareParts } means { key mean } }
    }
  }
`,
  [SurveyRowParts, ShareParts],
)

export const LeftOutQuery = graphql(`
  query LeftOutAnswers($first: Int, $after: String) {
    leftOutAnswers(first: $first, after: $after) {
      edges { node { id fault faces { key mean } words seconds carrier daysLate answeredAt } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)
