/** Where to send the money of an order by bank. */
import { graphql } from '@/shared/graphql'

export const TransferPageQuery = graphql(`
  query TransferPage($id: ID!) {
    order(id: $id) {
      id
      number
      state
      payment { id provider state reference expiresAt amount { minor currency } transfer { holder number bank code } }
    }
    serverTime
  }
`)
