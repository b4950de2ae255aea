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

export const LearningQuery = graphql(`
  query SearchLearning {
    searchLearning { isOn wishes { words products openings } }
  }
`)

export const LearntQuery = graphql(`
  query SearchLearnt($words: String!) {
    searchLearnt(words: $words) { step lift expected peopleShown peopleOpened peopleCarted peopleBought product { id title } }
  }
`)

export const SwitchLearningMutation = graphql(`
  mutation SwitchLearning($input: SwitchLearningInput!) {
    switchLearning(input: $input) { isOn errors { code message field details } }
  }
`)

export const AssociationsQuery = graphql(`
  query SearchAssociations {
    searchAssociations { id words also people peopleGivenUp peopleCarted peopleBought lastAt state }
  }
`)

export const RuleAssociationMutation = graphql(`
  mutation RuleAssociation($input: RuleAssociationInput!) {
    ruleAssociation(input: $input) { isOn errors { code message field details } }
  }
`)

export const FixAssociationMutation = graphql(`
  mutation FixAssociation($input: FixAssociationInput!) {
    fixAssociation(input: $input) { synonym { id line } errors { code message field details } }
  }
`)

export const NeedsQuery = graphql(`
  query SearchNeeds($kind: SearchNeedKind!) {
    searchNeeds(kind: $kind) { code says finds shelves attributes isOn isOwn isShipped }
    categories { id slug name }
  }
`)

export const SaveNeedMutation = graphql(`
  mutation SaveNeed($input: SaveNeedInput!) {
    saveNeed(input: $input) { need { code } errors { code message field details } }
  }
`)

export const ResetNeedMutation = graphql(`
  mutation ResetNeed($input: ResetNeedInput!) {
    resetNeed(input: $input) { isReset errors { code message field details } }
  }
`)

export const PlacementsQuery = graphql(`
  query SearchPlacements {
    searchPlacements { id words category startsAt endsAt openingsLimit openingsCount state product { id title } }
    categories { id slug name }
  }
`)

export const OpenPlacementMutation = graphql(`
  mutation OpenPlacement($input: OpenPlacementInput!) {
    openPlacement(input: $input) { placement { id } errors { code message field details } }
  }
`)

export const StopPlacementMutation = graphql(`
  mutation StopPlacement($input: StopPlacementInput!) {
    stopPlacement(input: $input) { placement { id state } errors { code message field details } }
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
