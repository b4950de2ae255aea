/** Flash sales: what is sold, what one has to do with it, and trying for a piece. */
import { graphql, type ResultOf } from '@/shared/graphql'

export const FlashSaleParts = graphql(`
  fragment FlashSaleParts on FlashSale {
    id
    name
    state
    isPaused
    startsAt
    endsAt
    perPerson
    serverNow
    early { tier at }
    items {
      id
      variantId
      kind
      state
      whole
      left
      reserved
      waiting
      price { minor currency }
      singlePrice { minor currency }
      product { id slug title picture { src avif webp width height blur } }
    }
  }
`)

export const FlashSalesQuery = graphql(
  `
  query FlashSales {
    flashSales { ...FlashSaleParts }
  }
`,
  [FlashSaleParts],
)

export const FlashOfProductQuery = graphql(
  `
  query FlashOfProduct($productId: ID!) {
    flashOfProduct(productId: $productId) { ...FlashSaleParts }
  }
`,
  [FlashSaleParts],
)

export const MyFlashQuery = graphql(`
  query MyFlash($saleIds: [ID!]!) {
    myFlash(saleIds: $saleIds) {
      saleId
      isReminded
      opensAt
      orderId
      waiting { variantId ahead }
      offered { variantId until }
    }
  }
`)

export const TakeFlashTokenMutation = graphql(`
  mutation TakeFlashToken($input: TakeFlashTokenInput!) {
    takeFlashToken(input: $input) { token expiresAt errors { code message field details } }
  }
`)

export const JoinFlashLineMutation = graphql(`
  mutation JoinFlashLine($input: JoinFlashLineInput!) {
    joinFlashLine(input: $input) { variantId errors { code message field details } }
  }
`)

export const LeaveFlashLineMutation = graphql(`
  mutation LeaveFlashLine($input: LeaveFlashLineInput!) {
    leaveFlashLine(input: $input) { variantId errors { code message field details } }
  }
`)

export const RemindOfFlashMutation = graphql(`
  mutation RemindOfFlash($input: RemindOfFlashInput!) {
    remindOfFlash(input: $input) { isReminded errors { code message field details } }
  }
`)

export const FlashTiersQuery = graphql(`
  query FlashTiers {
    viewer { membership { tiers { key name } } }
  }
`)

export type FlashSaleRow = ResultOf<typeof FlashSalesQuery>['flashSales'][number]
export type FlashItemRow = FlashSaleRow['items'][number]
export type MyFlashRow = ResultOf<typeof MyFlashQuery>['myFlash'][number]
