/** Why things come back, for the desk that writes their pages. */
import { graphql } from '@/shared/graphql'

export const ReturnsParts = graphql(`
  fragment ReturnsParts on ProductReturns {
    productId slug title days sold back ofThePage soldSinceMended backSinceMended mendedAt isMarked
    reasons { reason label pieces isOfThePage }
  }
`)
export const ProductReturnsQuery = graphql(`
  query ProductReturns { productReturns { ...ReturnsParts } }
`, [ReturnsParts])
export const MarkedReturnsQuery = graphql(`query MarkedReturns { productReturns { productId isMarked } }`)
export const ReturnsOfQuery = graphql(`
  query ReturnsOf($id: ID!) { goodsDetail(id: $id) { id returns { ...ReturnsParts } } }
`, [ReturnsParts])
