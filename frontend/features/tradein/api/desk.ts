/** Trade-ins at the desk: what waits, the price lists, and the budget of the month. */
import { graphql, type ResultOf } from '@/shared/graphql'
import { TradeInParts } from './tradein'

export const TradeInDeskQuery = graphql(
  `
  query TradeInDesk($view: String, $first: Int, $after: String) {
    tradeInCounts { coming inspect answer back over }
    tradeInDesk(view: $view, first: $first, after: $after) {
      edges { node { ...TradeInParts address person { id name face isSelf } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [TradeInParts],
)

export const TradeInListsQuery = graphql(`
  query TradeInLists {
    categories { id name depth }
    tradeInBudget { limit { minor currency } promised { minor currency } given { minor currency } }
    tradeInLists {
      kindId
      number
      categoryId
      isOpen
      title
      questions
      madeAt
      creditedCount
      base { minor currency }
      step { minor currency }
      credited { minor currency }
    }
  }
`)
export type ListRow = ResultOf<typeof TradeInListsQuery>['tradeInLists'][number]

export const ReceiveMutation = graphql(`
  mutation ReceiveTradeIn($input: ReceiveTradeInInput!) {
    receiveTradeIn(input: $input) { tradeIn { id state } errors { code message field details } }
  }
`)

export const InspectMutation = graphql(`
  mutation InspectTradeIn($input: InspectTradeInInput!) {
    inspectTradeIn(input: $input) { tradeIn { id state } errors { code message field details } }
  }
`)

export const ReturnMutation = graphql(`
  mutation ReturnTradeIn($input: ReturnTradeInInput!) {
    returnTradeIn(input: $input) { tradeIn { id state } errors { code message field details } }
  }
`)

export const SaveListMutation = graphql(`
  mutation SaveTradeInList($input: SaveTradeInListInput!) {
    saveTradeInList(input: $input) { list { kindId number } errors { code message field details } }
  }
`)

export const OpenListMutation = graphql(`
  mutation OpenTradeInList($input: OpenTradeInListInput!) {
    openTradeInList(input: $input) { list { kindId isOpen } errors { code message field details } }
  }
`)

export const SetBudgetMutation = graphql(`
  mutation SetTradeInBudget($input: SetTradeInBudgetInput!) {
    setTradeInBudget(input: $input) { budget { limit { minor currency } } errors { code message field details } }
  }
`)
