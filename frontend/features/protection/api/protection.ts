/** Protection plans of the viewer: what an order could have, and what is covered. */
import { graphql, type FragmentOf, type ResultOf } from '@/shared/graphql'

export const CoverageParts = graphql(`
  fragment CoverageParts on Coverage {
    id
    state
    stateLabel
    planTitle
    covers
    title
    optionTitle
    piece
    orderId
    orderNumber
    planOrderId
    repairsLeft
    startsAt
    endsAt
    picture { src avif webp width height blur }
    price { minor currency }
    refunded { minor currency }
    refundNow { minor currency }
  }
`)
export type CoverageFacts = FragmentOf<typeof CoverageParts>

export const OrderProtectionQuery = graphql(
  `
  query OrderProtection($orderId: ID!) {
    orderProtection(orderId: $orderId) {
      orderId
      offers {
        lineId
        title
        pieces
        offerEndsAt
        picture { src avif webp width height blur }
        plans { planId title covers months repairs startsAt endsAt price { minor currency } }
      }
      coverages { ...CoverageParts }
      storeCredit { minor currency }
    }
  }
`,
  [CoverageParts],
)
export type ProtectionOffer = NonNullable<ResultOf<typeof OrderProtectionQuery>['orderProtection']>['offers'][number]

export const CoveragesQuery = graphql(
  `
  query Coverages($first: Int, $after: String) {
    viewer {
      id
      coverages(first: $first, after: $after) {
        edges { node { ...CoverageParts } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`,
  [CoverageParts],
)

export const BuyProtectionMutation = graphql(`
  mutation BuyProtection($input: BuyProtectionInput!) {
    buyProtection(input: $input) { orderId errors { code message field details } }
  }
`)

export const CancelProtectionMutation = graphql(`
  mutation CancelProtection($input: CancelProtectionInput!) {
    cancelProtection(input: $input) { coverage { id state } errors { code message field details } }
  }
`)
