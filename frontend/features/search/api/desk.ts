/** What the growth team sees and says about searching. */
import { graphql } from '@/shared/graphql'

export const SearchDeskQuery = graphql(`
  query SearchDesk {
    searchReport {
      searches
      withoutFinds
      opened
      missing { words searches people lastAt }
      unopened { words searches people lastAt }
    }
    searchSynonyms { id line changedAt }
  }
`)

export const SaveSynonymMutation = graphql(`
  mutation SaveSynonym($input: SaveSynonymInput!) {
    saveSynonym(input: $input) { synonym { id line changedAt } errors { code message field details } }
  }
`)

export const DeleteSynonymMutation = graphql(`
  mutation DeleteSynonym($input: DeleteSynonymInput!) {
    deleteSynonym(input: $input) { isDeleted errors { code message field details } }
  }
`)
