/** What the viewer remembers. */
import { graphql, type NodeOf, type ResultOf } from '@/shared/graphql'

export const IsFavouriteQuery = graphql(`
  query IsFavourite($slug: String!) {
    product(slug: $slug) { id isFavourite }
  }
`)

export const AddFavouriteMutation = graphql(`
  mutation AddFavourite($input: AddFavouriteInput!) {
    addFavourite(input: $input) { product { id isFavourite } errors { code message field details } }
  }
`)

export const RemoveFavouriteMutation = graphql(`
  mutation RemoveFavourite($input: RemoveFavouriteInput!) {
    removeFavourite(input: $input) { product { id isFavourite } errors { code message field details } }
  }
`)

export const FavouritesQuery = graphql(`
  query Favourites($first: Int, $after: String) {
    viewer {
      id
      favourites(first: $first, after: $after) {
        edges {
          node {
            id
            addedAt
            addedPrice { minor currency }
            product {
              id
              slug
              title
              price { minor currency }
              picture { src avif webp width height blur }
              groupOffer { size: priceSize price { minor currency } }
              variants { id available price { minor currency } }
            }
          }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`)

export type Favourite = NodeOf<NonNullable<ResultOf<typeof FavouritesQuery>['viewer']>['favourites']>

export const FavouriteToCartMutation = graphql(`
  mutation FavouriteToCart($input: AddToCartInput!) {
    addToCart(input: $input) { quantity errors { code message field details } }
  }
`)
