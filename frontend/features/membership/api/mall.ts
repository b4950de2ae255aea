/** The points mall. */
import { graphql, type ResultOf } from '@/shared/graphql'

export const MallQuery = graphql(`
  query Mall {
    viewer { id points { available } }
    mallItems { id name kind points left perPerson taken tierName sentence headline whyNot worth { minor currency } picture { src avif webp width height blur } }
  }
`)
export const RedeemMallItemMutation = graphql(`
  mutation RedeemMallItem($input: RedeemMallItemInput!) {
    redeemMallItem(input: $input) { exchange { id name points orderId couponId } errors { code field message details } }
  }
`)
export const MyExchangesQuery = graphql(`
  query MyExchanges($first: Int!, $after: String) {
    myExchanges(first: $first, after: $after) { edges { node { id name points state orderId couponId at } } pageInfo { hasNextPage endCursor } }
  }
`)

export type MallItem = ResultOf<typeof MallQuery>['mallItems'][number]
