/** A product's page. The first document comes with the HTML and is the same for everybody. */
import { graphql, type ResultOf } from '@/shared/graphql'

export const ProductPageQuery = graphql(`
  query ProductPage($slug: String!) {
    product(slug: $slug) {
      id
      slug
      title
      subtitle
      description
      soldCount
      ratingAverage
      ratingCount
      promises
      openGroupsCount
      category { id slug name }
      picture { src avif webp width height blur }
      pictures { src avif webp width height blur }
      price { minor currency }
      referencePrice { sentence }
      facts { name value }
      options { key name values { key label swatch } }
      variants {
        id
        title
        options
        available
        price { minor currency }
        groupPrice { minor currency }
        picture { src avif webp width height blur }
      }
      groupOffer { id size ttlHours endsAt perUserLimit rules price { minor currency } ladder { size isReached price { minor currency } } lottery { winners chancePercent consolationPoints } }
    }
  }
`)

export type ProductDetail = NonNullable<ResultOf<typeof ProductPageQuery>['product']>

/** What depends on who looks: faces of open groups, posts. */
export const ProductPeopleQuery = graphql(`
  query ProductPeople($slug: String!) {
    product(slug: $slug) {
      id
      hasFlash
      openGroupsCount
      openGroups(first: 3) {
        id
        size
        deadlineAt
        serverNow
        leader { id name face isSelf }
        seats { number state isLeader isMine person { id name face isSelf } }
      }
      posts(first: 3) {
        edges {
          node {
            id
            title
            body
            likesCount
            isVerifiedPurchase
            createdAt
            author { id name face isSelf }
            pictures { src avif webp width height blur }
          }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`)

export const ProductChanged = graphql(`
  subscription ProductChanged($id: ID!) {
    productChanged(id: $id) { id version }
  }
`)
