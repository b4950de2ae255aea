/** The viewer's cases, and asking for something about an order. */
import { graphql, type FragmentOf, type ResultOf } from '@/shared/graphql'

export const AfterSaleCardParts = graphql(`
  fragment AfterSaleCardParts on AfterSaleCase {
    id
    number
    orderId
    state
    stateLabel
    type
    typeLabel
    openedAt
    remedy
    amount { minor currency }
    lines { id title optionTitle quantity picture { src avif webp width height blur } }
  }
`)
export type CaseCardFacts = FragmentOf<typeof AfterSaleCardParts>

export const AfterSaleParts = graphql(
  `
  fragment AfterSaleParts on AfterSaleCase {
    ...AfterSaleCardParts
    version
    orderNumber
    reasonLabel
    detail
    remedyLabel
    closeLabel
    requested { minor currency }
    subsidy { minor currency }
    toStoreCredit
    arithmetic { key label amount { minor currency } }
    stages { key label at isDone isCurrent isSkipped }
    history { id kind label state actor actorLabel note carrier tracking isInternal at amount { minor currency } pictures { src avif webp width height blur } }
    deadlineAt
    backCarrier
    backTracking
    rating
    canCancel
    canSendBack
    canAppeal
    canConfirm
    canWrite
    canRate
  }
`,
  [AfterSaleCardParts],
)
export type CaseFacts = FragmentOf<typeof AfterSaleParts>

export const CasesQuery = graphql(
  `
  query AfterSales($first: Int, $after: String) {
    viewer {
      id
      afterSales(first: $first, after: $after) {
        edges { node { ...AfterSaleCardParts } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`,
  [AfterSaleCardParts],
)

export const CaseQuery = graphql(
  `
  query AfterSale($id: ID!) {
    afterSaleCase(id: $id) {
      ...AfterSaleParts
      flow { id reason endsAt objection }
      advance { state amount { minor currency } paidAt dueAt }
      answeredBy { person { id name face isSelf } standsInFor { id name } until }
    }
  }
`,
  [AfterSaleParts],
)
export type CaseExtra = NonNullable<ResultOf<typeof CaseQuery>['afterSaleCase']>

export const ReturnCarriersQuery = graphql(`
  query ReturnCarriers {
    returnCarriers { code name }
  }
`)

export const OrderCasesQuery = graphql(
  `
  query OrderAfterSales($id: ID!) {
    order(id: $id) { id state kind afterSales { ...AfterSaleCardParts } }
  }
`,
  [AfterSaleCardParts],
)

export const ChoicesQuery = graphql(`
  query AfterSaleChoices($orderId: ID!) {
    afterSaleChoices(orderId: $orderId) {
      orderId
      orderNumber
      lines { id title optionTitle quantity leftQuantity isGift left { minor currency } picture { src avif webp width height blur } variants { id title } }
      types { type label text isOpen endsAt reasons { reason label isFault } }
    }
  }
`)
export type ChoicesFacts = NonNullable<ResultOf<typeof ChoicesQuery>['afterSaleChoices']>

export const PreviewQuery = graphql(`
  query AfterSalePreview($wish: AfterSaleWishInput!) {
    afterSalePreview(wish: $wish) {
      total { minor currency }
      subsidy { minor currency }
      steps { key label amount { minor currency } }
    }
  }
`)

export const HelpQuery = graphql(`
  query AfterSaleHelp($reason: AfterSaleReason!) {
    knowledgeEntries(first: 3, reason: $reason) { edges { node { id title problem solution } } }
  }
`)

export const CaseChanged = graphql(`
  subscription AfterSaleChanged {
    viewerChanged { reason orderId }
  }
`)
