/** The desk of the flash sales: everything that is counted, and the brake. */
import { graphql, type ResultOf } from '@/shared/graphql'

export const FlashDeskQuery = graphql(`
  query FlashDesk {
    flashDesk {
      oversold
      miscounted
      serverNow
      sales {
        id
        campaignId
        name
        state
        isPaused
        startsAt
        endsAt
        opensAt
        perPerson
        items {
          id
          variantId
          kind
          planned
          quota
          available
          reserved
          sold
          returned
          waiting
          tokens
          flagged
          price { minor currency }
          product { id title picture { src avif webp width height blur } }
        }
      }
    }
  }
`)

export const AbortFlashSaleMutation = graphql(`
  mutation AbortFlashSale($input: AbortFlashSaleInput!) {
    abortFlashSale(input: $input) { saleId errors { code message field details } }
  }
`)

export type DeskSale = ResultOf<typeof FlashDeskQuery>['flashDesk']['sales'][number]
