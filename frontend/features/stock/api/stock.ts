/** The stock room: what the desk counts, and who waits for what. */
import { graphql, type NodeOf, type ResultOf } from '@/shared/graphql'

export const StockRowParts = graphql(`
  fragment StockRowParts on StockRow {
    id
    sku
    title
    kind
    slug
    isOnSale
    onHand
    reserved
    available
    asideCount
    lowMark
    waitingCount
    place { aisle bay shelf }
    picture { src avif webp width height blur }
  }
`)

export const StockRowsQuery = graphql(
  `
  query StockRows($first: Int, $after: String, $words: String, $which: WhichStock) {
    stockRows(first: $first, after: $after, words: $words, which: $which) {
      edges { node { ...StockRowParts } }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [StockRowParts],
)

export const StockCountsQuery = graphql(`
  query StockCounts {
    stockCounts { all low out wanted }
  }
`)

export const StockMovementsQuery = graphql(`
  query StockMovements($variantId: ID!, $first: Int, $after: String) {
    stockMovements(variantId: $variantId, first: $first, after: $after) {
      edges { node { id kind change onHand reason reference at actor { id name } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export const StockImportsQuery = graphql(`
  query StockImports($first: Int) {
    stockImports(first: $first) {
      edges { node { id name rowsCount landedCount refusedCount refusedUrl at } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export const SetOnHandMutation = graphql(
  `
  mutation SetOnHand($input: SetOnHandInput!) {
    setOnHand(input: $input) { row { ...StockRowParts } errors { code message field details } }
  }
`,
  [StockRowParts],
)

export const SetLowMarkMutation = graphql(
  `
  mutation SetLowMark($input: SetLowMarkInput!) {
    setLowMark(input: $input) { row { ...StockRowParts } errors { code message field details } }
  }
`,
  [StockRowParts],
)

export const SetStoragePlaceMutation = graphql(
  `
  mutation SetStoragePlace($input: SetStoragePlaceInput!) {
    setStoragePlace(input: $input) { row { ...StockRowParts } errors { code message field details } }
  }
`,
  [StockRowParts],
)

export type StockRowNode = NodeOf<ResultOf<typeof StockRowsQuery>['stockRows']>
