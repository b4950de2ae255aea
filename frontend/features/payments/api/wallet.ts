/** The store credit of the viewer. */
import { graphql, type NodeOf, type ResultOf } from '@/shared/graphql'

export const WalletQuery = graphql(`
  query Wallet {
    viewer { id wallet { balance { minor currency } held { minor currency } available { minor currency } } }
  }
`)

export const WalletEntriesQuery = graphql(`
  query WalletEntries($first: Int!, $after: String) {
    viewer {
      id
      wallet {
        entries(first: $first, after: $after) {
          edges { cursor node { id title why orderId at amount { minor currency } } }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  }
`)

export type WalletEntry = NodeOf<NonNullable<ResultOf<typeof WalletEntriesQuery>['viewer']>['wallet']['entries']>
