/** Waiting for something that is sold out. */
import { graphql } from '@/shared/graphql'

export const WatchedVariantsQuery = graphql(`
  query WatchedVariants($productId: ID!) {
    watchedVariants(productId: $productId)
  }
`)

export const WatchStockMutation = graphql(`
  mutation WatchStock($input: WatchStockInput!) {
    watchStock(input: $input) { variantId errors { code message field details } }
  }
`)

export const UnwatchStockMutation = graphql(`
  mutation UnwatchStock($input: UnwatchStockInput!) {
    unwatchStock(input: $input) { variantId errors { code message field details } }
  }
`)
