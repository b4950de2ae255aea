/** What could be saved on the chosen lines, and what is nearly reached. */
import { graphql } from '@/shared/graphql'

export const CartAdviceQuery = graphql(`
  query CartAdvice($lines: [BasketLineInput!]!) {
    couponAdvice(lines: $lines) {
      coupons { id name headline sentence }
      best { couponIds saving { minor currency } }
      second { couponIds saving { minor currency } }
      leftOut { couponId reason text missing { minor currency } }
      steps { kind sentence scope missing { minor currency } }
    }
  }
`)

export const OfferIdeasQuery = graphql(`
  query OfferIdeas($filter: ProductFilter, $first: Int) {
    products(filter: $filter, first: $first, sort: PRICE_ASC) {
      edges { node { id slug title price { minor currency } picture { src avif webp width height blur } variants { id available } } }
    }
  }
`)
