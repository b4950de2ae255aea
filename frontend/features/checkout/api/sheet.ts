/** What WeChat's browser needs to show its sheet over our page. */
import { graphql, type ResultOf } from '@/shared/graphql'

export const SheetPageQuery = graphql(`
  query SheetPage($id: ID!) {
    order(id: $id) {
      id
      payment { id state amount { minor currency } sheet { appId timeStamp nonce package signType signature } }
    }
  }
`)

export type PaySheet = NonNullable<NonNullable<NonNullable<ResultOf<typeof SheetPageQuery>['order']>['payment']>['sheet']>
