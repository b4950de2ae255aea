/** What several features show of the same thing. */
import { graphql, type FragmentOf } from './tada'

export const ProductCardParts = graphql(`
  fragment ProductCardParts on Product {
    id
    slug
    title
    subtitle
    soldCount
    openGroupsCount
    picture { src avif webp width height blur }
    price { minor currency }
    groupOffer { size: priceSize price { minor currency } lottery { winners } }
  }
`)
export type ProductCard = FragmentOf<typeof ProductCardParts>
