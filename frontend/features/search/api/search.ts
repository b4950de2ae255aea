/** Searching, suggestions while one types, what is kept of it, and the counts of filters. */
import { graphql } from '@/shared/graphql'
import { ProductCardParts } from '@/shared/graphql/parts'

export const SearchPageQuery = graphql(
  `
  query SearchPage($query: String!, $filter: SearchFilter, $sort: SearchSort, $exactly: Boolean, $first: Int, $after: String) {
    search(query: $query, filter: $filter, sort: $sort, exactly: $exactly, first: $first, after: $after) {
      words
      shownFor
      corrections { typed meant }
      help
      count
      isMore
      exactCount
      countWithoutFilter
      lowestPrice
      highestPrice
      leastRating
      leastSold
      leftOut
      alsoFor
      isPersonal
      sponsored { id place product { ...ProductCardParts } }
      articles { id slug title summary }
      finds {
        edges { node { product { ...ProductCardParts } why { kind product { id title } } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`,
  [ProductCardParts],
)

export const SearchCountsQuery = graphql(`
  query SearchCounts($query: String!, $filter: SearchFilter, $exactly: Boolean) {
    search(query: $query, filter: $filter, exactly: $exactly, first: 1) {
      count
      counts {
        categories { value label count }
        brands { value label count }
        attributes { key label values { value label count } }
        prices { lowest highest count }
        ratings { value count }
        sold { value count }
        inStock
        hasGroup
      }
    }
  }
`)

export const SuggestionsQuery = graphql(`
  query SearchSuggestions($prefix: String!) {
    searchSuggestions(prefix: $prefix) {
      kind
      text
      product { id slug picture { src avif webp width height blur } price { minor currency } }
    }
  }
`)

export const HotSearchesQuery = graphql(`
  query HotSearches {
    hotSearches
  }
`)

export const MySearchesQuery = graphql(`
  query MySearches {
    mySearches
    mySearchHabit { keepsHistory isPersonal }
  }
`)

export const NoteSearchMutation = graphql(`
  mutation NoteSearch($input: NoteSearchInput!) {
    noteSearch(input: $input) { history errors { code message field details } }
  }
`)

export const NoteOpeningMutation = graphql(`
  mutation NoteOpening($input: NoteOpeningInput!) {
    noteOpening(input: $input) { isNoted errors { code message field details } }
  }
`)

export const NotePlacementOpenedMutation = graphql(`
  mutation NotePlacementOpened($input: NotePlacementOpenedInput!) {
    notePlacementOpened(input: $input) { isNoted errors { code message field details } }
  }
`)

export const ForgetSearchesMutation = graphql(`
  mutation ForgetSearches($input: ForgetSearchesInput!) {
    forgetSearches(input: $input) { history errors { code message field details } }
  }
`)

export const SetSearchHabitMutation = graphql(`
  mutation SetSearchHabit($input: SetSearchHabitInput!) {
    setSearchHabit(input: $input) { habit { keepsHistory isPersonal } errors { code message field details } }
  }
`)
