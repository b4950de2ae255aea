/** From a basket to an order: quote, order, pay. */
import { graphql, type ResultOf } from '@/shared/graphql'

export const QuoteQuery = graphql(`
  query Quote($input: QuoteInput!) {
    quote(input: $input) {
      hash
      lines {
        variantId
        productSlug
        title
        optionTitle
        quantity
        isGift
        picture { src avif webp width height blur }
        unitPrice { minor currency }
        total { minor currency }
      }
      itemsTotal { minor currency }
      adjustments { kind label explanation amount { minor currency } }
      shipping { minor currency }
      total { minor currency }
      usablePoints { points amount { minor currency } }
      tendered { minor currency }
      payable { minor currency }
      freeShippingFrom { minor currency }
    }
  }
`)

export const CouponAdviceQuery = graphql(`
  query CouponAdvice($lines: [BasketLineInput!]!) {
    couponAdvice(lines: $lines) {
      coupons { id name headline sentence }
      best { couponIds saving { minor currency } }
      second { couponIds saving { minor currency } }
      leftOut { couponId reason text }
    }
  }
`)

export type QuoteDetail = ResultOf<typeof QuoteQuery>['quote']

export const PlaceOrderMutation = graphql(`
  mutation PlaceOrder($input: PlaceOrderInput!) {
    placeOrder(input: $input) {
      order { id state }
      payment { id payUrl }
      errors { code message field details }
    }
  }
`)

export const OpenGroupMutation = graphql(`
  mutation OpenGroup($input: OpenGroupInput!) {
    openGroup(input: $input) {
      order { id state }
      payment { id payUrl }
      errors { code message field details }
    }
  }
`)

export const JoinGroupMutation = graphql(`
  mutation JoinGroup($input: JoinGroupInput!) {
    joinGroup(input: $input) {
      order { id state }
      payment { id payUrl }
      errors { code message field details }
    }
  }
`)

export const PayOrderMutation = graphql(`
  mutation PayOrder($input: PayOrderInput!) {
    payOrder(input: $input) { payment { id payUrl } errors { code message field details } }
  }
`)

export const CheckoutGroupQuery = graphql(`
  query CheckoutGroup($id: ID!) {
    group(id: $id) {
      id
      size
      seatsLeft
      deadlineAt
      serverNow
      canJoin
      whyNot
      leader { id name face isSelf }
      seats { number state isLeader isMine person { id name face isSelf } }
      product { id slug }
    }
  }
`)

export const CheckoutOfferQuery = graphql(`
  query CheckoutOffer($slug: String!) {
    product(slug: $slug) { id slug groupOffer { size ttlHours } }
  }
`)

export const PayPageQuery = graphql(`
  query PayPage($id: ID!) {
    order(id: $id) {
      id
      number
      state
      stateLabel
      kind
      payDeadlineAt
      paidAt
      capturesLater
      closeReason
      total { minor currency }
      lines { id title optionTitle quantity picture { src avif webp width height blur } }
      payment { id state provider payUrl expiresAt amount { minor currency } hold { state reasons note } }
      refunds { id stateLabel }
      group { id state size seatsLeft }
      rewards { id title points state vestsAt why { label detail at } }
    }
    serverTime
  }
`)

export const OrderHint = graphql(`
  subscription OrderHint {
    viewerChanged { reason orderId groupId }
  }
`)
