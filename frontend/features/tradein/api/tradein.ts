/** Giving an old thing in return: what is taken, what it is worth, and where it stands. */
import { graphql, type FragmentOf, type ResultOf } from '@/shared/graphql'

export const TradeInParts = graphql(`
  fragment TradeInParts on TradeIn {
    id
    number
    title
    words
    state
    stateLabel
    version
    deadlineAt
    openedAt
    takenAt
    receivedAt
    inspectedAt
    finishedAt
    isByHand
    carrier
    tracking
    backCarrier
    backTracking
    foundWords
    offered { minor currency }
    found { minor currency }
    steps { ask answer steps amount { minor currency } }
    pictures { src avif webp width height blur }
    foundPictures { src avif webp width height blur }
  }
`)
export type TradeInFacts = FragmentOf<typeof TradeInParts>

export const KindsQuery = graphql(`
  query TradeInKinds {
    tradeInKinds {
      kindId
      title
      shelf
      picture { src avif webp width height blur }
      base { minor currency }
      questions { key ask answers { key label steps } }
    }
  }
`)
export type Kind = ResultOf<typeof KindsQuery>['tradeInKinds'][number]

export const WorthQuery = graphql(`
  query TradeInWorth($kindId: ID!, $answers: JSON!) {
    tradeInWorth(kindId: $kindId, answers: $answers) { isTaken offered { minor currency } steps { ask answer steps amount { minor currency } } }
  }
`)

export const TradeInsQuery = graphql(
  `
  query TradeIns($first: Int, $after: String) {
    viewer {
      id
      tradeIns(first: $first, after: $after) {
        edges { node { ...TradeInParts } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`,
  [TradeInParts],
)

export const TradeInQuery = graphql(
  `
  query TradeIn($id: ID!) {
    tradeIn(id: $id) { ...TradeInParts address }
    viewer { id addresses { id name phone province city district line isDefault } }
  }
`,
  [TradeInParts],
)

export const AskTradeInMutation = graphql(`
  mutation AskTradeIn($input: AskTradeInInput!) {
    askTradeIn(input: $input) { tradeIn { id } errors { code message field details } }
  }
`)

export const TakeOfferMutation = graphql(`
  mutation TakeTradeInOffer($input: TakeTradeInOfferInput!) {
    takeTradeInOffer(input: $input) { tradeIn { id state } errors { code message field details } }
  }
`)

export const SendTradeInMutation = graphql(`
  mutation SendTradeIn($input: SendTradeInInput!) {
    sendTradeIn(input: $input) { tradeIn { id state } errors { code message field details } }
  }
`)

export const AnswerPriceMutation = graphql(`
  mutation AnswerTradeInPrice($input: AnswerTradeInPriceInput!) {
    answerTradeInPrice(input: $input) { tradeIn { id state } errors { code message field details } }
  }
`)

export const WithdrawTradeInMutation = graphql(`
  mutation WithdrawTradeIn($input: WithdrawTradeInInput!) {
    withdrawTradeIn(input: $input) { tradeIn { id state } errors { code message field details } }
  }
`)
