/** Lists of products, and one product. */
import { graphql } from '@/shared/graphql'
import { ProductCardParts } from '@/shared/graphql/parts'

export const ProductsQuery = graphql(
  `
  query Products($first: Int, $after: String, $filter: ProductFilter, $sort: ProductSort) {
    products(first: $first, after: $after, filter: $filter, sort: $sort) {
      edges { node { ...ProductCardParts } }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [ProductCardParts],
)

export const CategoriesQuery = graphql(`
  query Categories {
    categories { id slug name productsCount parentId depth picture { src avif webp width height blur } }
  }
`)

export const BrandsQuery = graphql(`
  query Brands {
    brands { id slug name }
  }
`)
