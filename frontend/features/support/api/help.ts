/** The help centre: articles, what the reader can do at once, and asking a person. */
import { graphql, type FragmentOf, type ResultOf } from '@/shared/graphql'

export const HelpListQuery = graphql(`
  query HelpList($words: String) {
    helpArticles(words: $words) { id slug section title summary }
  }
`)
export type HelpRow = NonNullable<ResultOf<typeof HelpListQuery>['helpArticles']>[number]

export const HelpArticleQuery = graphql(`
  query HelpArticle($slug: String!) {
    helpArticle(slug: $slug) {
      id
      slug
      section
      way
      title
      body
      helpfulCount
      changedAt
      myVote
      orders { id number state stateLabel lines { id title quantity picture { src avif webp width height blur } } }
    }
  }
`)
export type HelpOrder = NonNullable<ResultOf<typeof HelpArticleQuery>['helpArticle']>['orders'][number]

export const TicketParts = graphql(`
  fragment TicketParts on Ticket {
    id
    number
    kind
    nature
    severity
    state
    openedAt
    dueAt
    answeredAt
    adoptedAt
    rating
    isLate
    orderId
    orderNumber
    messages { id isFromStaff words at }
  }
`)
export type TicketFacts = FragmentOf<typeof TicketParts>

export const TicketsQuery = graphql(
  `
  query Tickets($first: Int, $after: String) {
    viewer {
      id
      tickets(first: $first, after: $after) {
        edges { node { ...TicketParts } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`,
  [TicketParts],
)

export const TicketQuery = graphql(
  `
  query Ticket($id: ID!) {
    ticket(id: $id) { ...TicketParts }
  }
`,
  [TicketParts],
)

export const AskableOrdersQuery = graphql(`
  query AskableOrders {
    viewer { id orders(first: 10) { edges { node { id number stateLabel lines { id title } } } } }
  }
`)

export const TicketChanged = graphql(`
  subscription TicketChanged {
    viewerChanged { reason }
  }
`)

export const RateArticleMutation = graphql(`
  mutation RateHelpArticle($input: RateHelpArticleInput!) {
    rateHelpArticle(input: $input) { article { id helpfulCount myVote } errors { code message field details } }
  }
`)

export const OpenTicketMutation = graphql(`
  mutation OpenTicket($input: OpenTicketInput!) {
    openTicket(input: $input) { ticket { id number dueAt } errors { code message field details } }
  }
`)

export const WriteToTicketMutation = graphql(`
  mutation WriteToTicket($input: WriteToTicketInput!) {
    writeToTicket(input: $input) { ticket { id state } errors { code message field details } }
  }
`)

export const CloseTicketMutation = graphql(`
  mutation CloseTicket($input: CloseTicketInput!) {
    closeTicket(input: $input) { ticket { id state } errors { code message field details } }
  }
`)

export const RateTicketMutation = graphql(`
  mutation RateTicket($input: RateTicketInput!) {
    rateTicket(input: $input) { ticket { id rating } errors { code message field details } }
  }
`)
