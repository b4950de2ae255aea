/** The front page. The first page of it comes with the HTML, so nothing in it depends on the viewer. */
import { graphql } from '@/shared/graphql'
import { ProductCardParts } from '@/shared/graphql/parts'

export const HomePageQuery = graphql(
  `
  query HomePage {
    home {
      hero { title subtitle action path endsAt picture { src avif webp width height blur } }
      categories { id slug name picture { src avif webp width height blur } }
      hotSearches
      products(first: 20) {
        edges { node { ...ProductCardParts } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`,
  [ProductCardParts],
)

export const HomeMoreQuery = graphql(
  `
  query HomeMore($after: String) {
    home {
      products(first: 20, after: $after) {
        edges { node { ...ProductCardParts } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`,
  [ProductCardParts],
)
