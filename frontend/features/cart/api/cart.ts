/** The cart and what is remembered beside it. */
import { graphql, type FragmentOf } from '@/shared/graphql'

export const CartParts = graphql(`
  fragment CartParts on Cart {
    version
    hasGuestLines
    canUndo
    lines {
      id
      variantId
      productId
      productSlug
      title
      optionTitle
      picture { src avif webp width height blur }
      quantity
      isSelected
      version
      state
      available
      unitPrice { minor currency }
      addedPrice { minor currency }
      priceChange { minor currency }
    }
    price {
      itemsTotal { minor currency }
      discount { minor currency }
      total { minor currency }
      adjustments { kind label explanation amount { minor currency } }
    }
  }
`)

export type CartDetail = FragmentOf<typeof CartParts>
export type CartLine = CartDetail['lines'][number]

export const CartQuery = graphql(`query Cart { cart { ...CartParts } }`, [CartParts])

export const CartPiecesQuery = graphql(`query CartPieces { cartPieces }`)

export const AddToCartMutation = graphql(`
  mutation AddToCart($input: AddToCartInput!) {
    addToCart(input: $input) { quantity errors { code message field details } }
  }
`)

export const ChangeCartLineMutation = graphql(
  `mutation ChangeCartLine($input: ChangeCartLineInput!) {
    changeCartLine(input: $input) { cart { ...CartParts } errors { code message field details } }
  }`,
  [CartParts],
)

export const SelectCartLinesMutation = graphql(
  `mutation SelectCartLines($input: SelectCartLinesInput!) {
    selectCartLines(input: $input) { cart { ...CartParts } errors { code message field details } }
  }`,
  [CartParts],
)

export const RemoveCartLinesMutation = graphql(
  `mutation RemoveCartLines($input: RemoveCartLinesInput!) {
    removeCartLines(input: $input) { cart { ...CartParts } errors { code message field details } }
  }`,
  [CartParts],
)

export const UndoCartRemovalMutation = graphql(
  `mutation UndoCartRemoval($input: UndoCartRemovalInput!) {
    undoCartRemoval(input: $input) { cart { ...CartParts } errors { code message field details } }
  }`,
  [CartParts],
)

export const MergeCartMutation = graphql(
  `mutation MergeCart($input: MergeCartInput!) {
    mergeCart(input: $input) { cart { ...CartParts } errors { code message field details } }
  }`,
  [CartParts],
)

export const MoveToFavouritesMutation = graphql(
  `mutation MoveToFavourites($input: MoveToFavouritesInput!) {
    moveToFavourites(input: $input) { cart { ...CartParts } errors { code message field details } }
  }`,
  [CartParts],
)
