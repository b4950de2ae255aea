/** Products as a campaign chooses and prices them. */
import { graphql } from '@/shared/graphql'

export const GoodParts = graphql(`
  fragment GoodParts on Product {
    id
    slug
    title
    picture { src avif webp width height blur }
    price { minor currency }
    variants { id title price { minor currency } available }
  }
`)

export const GoodsQuery = graphql(
  `
  query Goods($first: Int, $after: String, $filter: ProductFilter) {
    products(first: $first, after: $after, filter: $filter) {
      edges { node { ...GoodParts } }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [GoodParts],
)

export const ShelvesQuery = graphql(`
  query Shelves {
    categories { id slug name }
  }
`)
