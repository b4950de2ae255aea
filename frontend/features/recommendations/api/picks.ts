/** What is suggested, each with its reason. */
import { graphql, type FragmentOf } from '@/shared/graphql'
import { ProductCardParts } from '@/shared/graphql/parts'

export const PickParts = graphql(
  `
  fragment PickParts on Pick {
    reason
    product { ...ProductCardParts }
    because { id title }
  }
`,
  [ProductCardParts],
)
export type PickFacts = FragmentOf<typeof PickParts>

export const PicksQuery = graphql(
  `
  query Picks($first: Int, $without: [ID!]) {
    picks(first: $first, without: $without) { isPersonal items { ...PickParts } }
  }
`,
  [PickParts],
)

export const ProductPicksQuery = graphql(
  `
  query ProductPicks($productId: ID!) {
    productPicks(productId: $productId, first: 8) { together { ...PickParts } also { ...PickParts } }
  }
`,
  [PickParts],
)

export const PicksBesideQuery = graphql(
  `
  query PicksBeside($productIds: [ID!]!, $first: Int) {
    picksBeside(productIds: $productIds, first: $first) { ...PickParts }
  }
`,
  [PickParts],
)

export const NoteSeenMutation = graphql(`
  mutation NoteSeen($input: NoteSeenInput!) {
    noteSeen(input: $input) { isKept errors { code message field details } }
  }
`)
