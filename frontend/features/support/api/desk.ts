/** The desk of help: tickets by their due time, and the articles with their versions. */
import { graphql, type ResultOf } from '@/shared/graphql'
import { TicketParts } from './help'

export const HelpDeskQuery = graphql(
  `
  query HelpDesk($view: String, $first: Int, $after: String) {
    helpFigures { open late answered firstAnswerMinutes mine onDutyUntil onDutyCount }
    helpDesk(view: $view, first: $first, after: $after) {
      edges { node { ...TicketParts person { id name face isSelf } agent { id name isSelf } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [TicketParts],
)

export const HelpDraftsQuery = graphql(`
  query HelpDrafts {
    helpDrafts { id slug section way title body phrases isPublished version helpfulCount unhelpfulCount changedAt }
  }
`)
export type HelpDraft = ResultOf<typeof HelpDraftsQuery>['helpDrafts'][number]

export const HelpRevisionsQuery = graphql(`
  query HelpRevisions($id: ID!) {
    helpRevisions(id: $id) { version title body changedAt }
  }
`)

export const AnswerTicketMutation = graphql(`
  mutation AnswerTicket($input: AnswerTicketInput!) {
    answerTicket(input: $input) { ticket { id state } errors { code message field details } }
  }
`)

export const AdoptSuggestionMutation = graphql(`
  mutation AdoptSuggestion($input: AdoptSuggestionInput!) {
    adoptSuggestion(input: $input) { ticket { id adoptedAt } errors { code message field details } }
  }
`)

export const SaveHelpArticleMutation = graphql(`
  mutation SaveHelpArticle($input: SaveHelpArticleInput!) {
    saveHelpArticle(input: $input) { article { id version } errors { code message field details } }
  }
`)

export const TakeDutyMutation = graphql(`
  mutation TakeDuty($input: TakeDutyInput!) {
    takeDuty(input: $input) { until errors { code message field details } }
  }
`)
