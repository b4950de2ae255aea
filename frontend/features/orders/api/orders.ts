/** The viewer's orders. */
import { graphql, type FragmentOf, type ResultOf } from '@/shared/graphql'

export const OrderCardParts = graphql(`
  fragment OrderCardParts on Order {
    id
    number
    state
    stateLabel
    kind
    service
    createdAt
    payDeadlineAt
    total { minor currency }
    lines { id title optionTitle quantity productSlug picture { src avif webp width height blur } }
    group { id state size seatsLeft }
  }
`)

export type OrderCard = FragmentOf<typeof OrderCardParts>

export const OrdersQuery = graphql(
  `
  query Orders($first: Int, $after: String, $state: OrderFilterState, $words: String) {
    viewer {
      id
      orders(first: $first, after: $after, state: $state, words: $words) {
        edges { node { ...OrderCardParts } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`,
  [OrderCardParts],
)

export const OrderPageQuery = graphql(`
  query OrderPage($id: ID!) {
    order(id: $id) {
      id
      number
      state
      stateLabel
      kind
      service
      createdAt
      payDeadlineAt
      paidAt
      closeReason
      address
      itemsTotal { minor currency }
      discount { minor currency }
      shipping { minor currency }
      total { minor currency }
      lines {
        id
        title
        optionTitle
        quantity
        productSlug
        picture { src avif webp width height blur }
        unitPrice { minor currency }
        total { minor currency }
      }
      adjustments { kind label explanation amount { minor currency } }
      payment { id state payUrl expiresAt }
      refunds { id state stateLabel reason createdAt settledAt amount { minor currency } }
      timeline { key label at isDone }
      rewards { id kind title points state vestsAt createdAt why { label detail at } }
      group {
        id
        state
        size
        seatsLeft
        deadlineAt
        serverNow
        leader { id name face isSelf }
        seats { number state isLeader isMine person { id name face isSelf } }
      }
    }
  }
`)

export type OrderDetail = NonNullable<ResultOf<typeof OrderPageQuery>['order']>

export const OrderChanged = graphql(`
  subscription OrderChanged {
    viewerChanged { reason orderId }
  }
`)

export const CancelOrderMutation = graphql(`
  mutation CancelOrder($input: CancelOrderInput!) {
    cancelOrder(input: $input) { order { id state } errors { code message field details } }
  }
`)

export const ConfirmReceiptMutation = graphql(`
  mutation ConfirmReceipt($input: ConfirmReceiptInput!) {
    confirmReceipt(input: $input) { order { id state } errors { code message field details } }
  }
`)
